"""The moments of the scheduled changes to come, all of them, in the place of the next one alone."""

from django.db import migrations, models
from django.utils import timezone as clock


def fill(apps, schema_editor):
    posts, now = apps.get_model("posts", "Post").objects, clock.now()
    starts = posts.filter(public_from__gt=now).values_list("public_from", flat=True)
    ends = posts.filter(public_until__gt=now).values_list("public_until", flat=True)
    moments = sorted({moment.timestamp() for moment in (*starts, *ends)})
    apps.get_model("posts", "SiteState").objects.update(changes=moments[:1000])


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0002_groups"),
    ]

    operations = [
        migrations.RemoveField(model_name="sitestate", name="next_change"),
        migrations.AddField(model_name="sitestate", name="changes", field=models.JSONField(default=list)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
