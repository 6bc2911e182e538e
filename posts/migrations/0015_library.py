"""What is known of images and where they are used; redirects that people write; and who may see to them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


ALL = [f"{action}_{model}" for model in ("image", "redirect") for action in ("view", "add", "change", "delete")]
GROUPS = {"Authors": ["view_image", "add_image"], "Editors": ALL, "Publishers": ALL}


def permit(apps, schema_editor):
    """Django makes permissions only after all migrations: these are made here, with the names it will look for."""
    for name, wanted in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, codename) for codename in wanted))


def permission(apps, codename):
    action, model = codename.split("_")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="posts", model=model
    )
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
    )
    return made


def forbid(apps, schema_editor):
    """Takes the permissions back, and the redirects for which the table is about to have no column."""
    apps.get_model("posts", "Redirect").objects.exclude(target_path="").delete()
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="posts", codename__in=ALL))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_publishers_and_administrators"),
        ("posts", "0014_parts_of_series"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(editable=False, max_length=500, unique=True, verbose_name="address")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("alt", models.TextField(blank=True, verbose_name="alt text")),
                ("credit", models.CharField(blank=True, max_length=300, verbose_name="credit")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                ("licence", models.CharField(blank=True, max_length=200, verbose_name="licence")),
                ("licence_url", models.URLField(blank=True, max_length=500, verbose_name="licence's address")),
                ("licence_expires", models.DateField(blank=True, null=True, verbose_name="licence's last day")),
                (
                    "storage",
                    models.CharField(
                        choices=[("local", "This site"), ("cloudinary", "Cloudinary"), ("elsewhere", "Elsewhere")],
                        editable=False,
                        max_length=10,
                        verbose_name="storage",
                    ),
                ),
                ("kind", models.CharField(blank=True, editable=False, max_length=10, verbose_name="kind")),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="height in pixels")),
                ("size_bytes", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added"),
                ),
                ("replaced_at", models.DateTimeField(editable=False, null=True, verbose_name="replaced")),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImageUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(choices=[("cover", "cover"), ("body", "text")], max_length=5)),
                ("in_draft", models.BooleanField(default=False, verbose_name="only in the draft that waits")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="redirect",
            name="redirect_has_one_target",
        ),
        migrations.AddField(
            model_name="redirect",
            name="kind",
            field=models.PositiveSmallIntegerField(
                choices=[(301, "301, for good"), (302, "302, for now")], default=301, verbose_name="kind"
            ),
        ),
        migrations.AddField(
            model_name="redirect",
            name="target_path",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="redirect",
            name="old_path",
            field=models.CharField(max_length=500, unique=True, verbose_name="old path"),
        ),
        migrations.AlterField(
            model_name="redirect",
            name="origin",
            field=models.CharField(
                choices=[
                    ("alias", "written as an alias"),
                    ("moved", "left behind by a move"),
                    ("written", "written here"),
                ],
                default="moved",
                max_length=10,
                verbose_name="origin",
            ),
        ),
        migrations.AddIndex(
            model_name="redirect",
            index=models.Index(
                models.F("target_path"),
                condition=models.Q(("target_path", ""), _negated=True),
                name="redirect_by_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="redirect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("post", None), ("tag__isnull", False), ("target_path", "")),
                    models.Q(("post__isnull", False), ("tag", None), ("target_path", "")),
                    models.Q(("post", None), ("tag", None), models.Q(("target_path", ""), _negated=True)),
                    _connector="OR",
                ),
                name="redirect_has_one_target",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="uploaded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="imageuse",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="uses", to="posts.image"
            ),
        ),
        migrations.AddField(
            model_name="imageuse",
            name="post",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="image_uses", to="posts.post"
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                models.F("licence_expires"),
                condition=models.Q(("licence_expires__isnull", False)),
                name="image_by_licence",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(models.F("kind"), models.OrderBy(models.F("id"), descending=True), name="image_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="imageuse",
            constraint=models.UniqueConstraint(fields=("post", "in_draft", "place", "image"), name="image_used_once"),
        ),
        migrations.RunPython(permit, forbid),
    ]
