from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0015_library"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="held",
            field=models.JSONField(default=list, editable=False, verbose_name="why checks keep it from readers"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(models.F("slug"), name="post_by_slug"),
        ),
    ]
