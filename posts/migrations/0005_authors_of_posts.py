"""Posts that are there already get the rows by which their authors' pages find them."""

from itertools import islice

from django.db import migrations

from posts.slugs import term_slug

BATCH = 1000


def make_rows(apps, schema_editor):
    AuthoredPost = apps.get_model("posts", "AuthoredPost")
    posts = apps.get_model("posts", "Post").objects.exclude(authors=[])
    found = posts.values_list("pk", "authors", "listed_at", "public_from", "public_until").iterator()
    rows = (
        AuthoredPost(
            content_object_id=pk,
            name=name,
            slug=slug,
            listed_at=listed_at,
            public_from=public_from,
            public_until=public_until,
        )
        for pk, authors, listed_at, public_from, public_until in found
        for slug, name in {(term_slug(name))[:200]: name[:200] for name in reversed(authors)}.items()
    )
    while batch := list(islice(rows, BATCH)):
        AuthoredPost.objects.bulk_create(batch)


def remove_rows(apps, schema_editor):
    apps.get_model("posts", "AuthoredPost").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("posts", "0004_authors")]

    operations = [migrations.RunPython(make_rows, remove_rows)]
