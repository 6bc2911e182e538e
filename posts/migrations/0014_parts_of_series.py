"""Posts that are there already become parts of the series that their documents name."""

from django.db import migrations

from posts import frontmatter
from posts.document import Document
from posts.slugs import term_slug
from posts.source import Source

BATCH = 1000
UNNUMBERED = 2**31 - 1
LONGEST_NAME = 200


def make_parts(apps, schema_editor):
    Post, SeriesPost = apps.get_model("posts", "Post"), apps.get_model("posts", "SeriesPost")
    named = Post.objects.filter(kind="article", live_revision__text__icontains="series")
    for post in named.select_related("live_revision").iterator(BATCH):
        front = frontmatter.read(Document.of(post.live_revision.text), Source.restored(post.source).reading)
        if not front.series:
            continue
        weight = front.series_weight
        Post.objects.filter(pk=post.pk).update(series=list(front.series), series_weight=weight)
        SeriesPost.objects.bulk_create(
            SeriesPost(
                content_object_id=post.pk,
                name=name,
                slug=term_slug(name),
                position=weight or UNNUMBERED,
                edition=post.edition,
                listed_at=post.listed_at,
                public_from=post.public_from,
                public_until=post.public_until,
            )
            for name in front.series
            if len(name) <= LONGEST_NAME
        )


def remove_parts(apps, schema_editor):
    apps.get_model("posts", "SeriesPost").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("posts", "0013_series")]

    operations = [migrations.RunPython(make_parts, remove_parts)]
