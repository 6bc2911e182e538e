"""What the editor's desk, the calendar and the list of posts ask for: indexes, what can be taken back, and drafts in search."""

import unicodedata

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils.html import strip_tags

from posts.search.keys import key_of

BATCH = 500


def index_drafts(apps, schema_editor):
    """Entries for what readers do not find: until a draft is saved anew, the words of its HTML without the marks."""
    Post, SearchEntry = apps.get_model("posts", "Post"), apps.get_model("posts", "SearchEntry")
    keys = list(Post.objects.filter(search_entry=None).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        posts = Post.objects.filter(pk__in=keys[start : start + BATCH]).prefetch_related("tagged__tag")
        SearchEntry.objects.bulk_create(entry(SearchEntry, post) for post in posts)


def entry(SearchEntry, post):
    tags = [each.tag.name for each in sorted(post.tagged.all(), key=lambda each: each.position)]
    words = (strip_tags(post.html)[:100_000], "\n".join(heading["text"] for heading in post.contents), "\n".join(tags))
    text, headings, names = (unicodedata.normalize("NFC", each) for each in words)
    title = unicodedata.normalize("NFC", post.title)
    pk = key_of(post.listed_at, post.date_offset, post.pk)
    return SearchEntry(id=pk, post=post, title=title, tags=names, headings=headings, text=text)


def forget_drafts(apps, schema_editor):
    apps.get_model("posts", "SearchEntry").objects.filter(public_from=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0016_held_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("told", models.CharField(editable=False, max_length=300, verbose_name="what was done")),
                ("posts", models.JSONField(default=list, editable=False)),
                ("undone_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "undo",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.F("owner"),
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="post_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(models.F("owner"), models.F("public_from"), name="post_of_owner_appearing"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.F("language"),
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="post_by_language",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(models.F("title"), models.F("id"), name="post_by_title"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.F("publish_date"), condition=models.Q(("publish_date__isnull", False)), name="post_publish_date"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.OrderBy(models.F("latest_revision"), descending=True),
                models.F("owner"),
                condition=models.Q(("public_from__isnull", True)),
                name="post_unpublished",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.OrderBy(models.F("latest_revision"), descending=True),
                condition=models.Q(("latest_revision__gt", models.F("live_revision"))),
                name="post_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                models.F("owner"),
                condition=models.Q(("latest_revision__gt", models.F("live_revision"))),
                name="post_of_owner_waiting",
            ),
        ),
        migrations.AddField(
            model_name="undo",
            name="by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="undo",
            index=models.Index(
                models.F("by"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("undone_at__isnull", True)),
                name="undo_open",
            ),
        ),
        migrations.RunPython(index_drafts, forget_drafts),
    ]
