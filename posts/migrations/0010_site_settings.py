"""What editors say of the site itself, and that they may."""

from django.db import migrations, models


ACTIONS = ["view", "change"]


def permit(apps, schema_editor):
    """Django makes permissions only after all migrations: these are made here, with the names it will look for."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="posts", model="sitesettings"
    )
    Permission = apps.get_model("auth", "Permission")
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    for action in ACTIONS:
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_sitesettings",
            defaults={"name": f"Can {action} site settings"},
        )
        editors.permissions.add(permission)


def forbid(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    wanted = [f"{action}_sitesettings" for action in ACTIONS]
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.remove(*Permission.objects.filter(content_type__app_label="posts", codename__in=wanted))


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0009_search_pending"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name of the site")),
                ("tagline", models.CharField(blank=True, max_length=200, verbose_name="tagline")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="address for enquiries")),
                ("logo", models.CharField(blank=True, max_length=1000, verbose_name="logo's address")),
                ("logo_alt", models.CharField(blank=True, max_length=200, verbose_name="logo in words")),
                ("accent", models.CharField(blank=True, max_length=7, verbose_name="accent colour")),
                ("menu", models.JSONField(blank=True, default=list, verbose_name="menu")),
                ("footer", models.TextField(blank=True, max_length=500, verbose_name="footer")),
                ("social", models.JSONField(blank=True, default=list, verbose_name="social links")),
                ("legal", models.TextField(blank=True, max_length=3000, verbose_name="legal text")),
            ],
            options={
                "verbose_name": "site settings",
                "verbose_name_plural": "site settings",
                "default_permissions": ("view", "change"),
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_site_settings")],
            },
        ),
        migrations.RunPython(permit, forbid),
    ]
