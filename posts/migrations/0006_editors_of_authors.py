"""Editors may write what the site tells of authors."""

from django.db import migrations

ACTIONS = ["view", "add", "change", "delete"]


def permit(apps, schema_editor):
    """Django makes permissions only after all migrations: these are made here, with the names it will look for."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="posts", model="author"
    )
    Permission = apps.get_model("auth", "Permission")
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    for action in ACTIONS:
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{action}_author", defaults={"name": f"Can {action} author"}
        )
        editors.permissions.add(permission)


def forbid(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    wanted = [f"{action}_author" for action in ACTIONS]
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.remove(*Permission.objects.filter(content_type__app_label="posts", codename__in=wanted))


class Migration(migrations.Migration):
    dependencies = [("posts", "0005_authors_of_posts")]

    operations = [migrations.RunPython(permit, forbid)]
