"""The groups Publishers (editors who see the trail) and Administrators (people, and what happened; no posts)."""

from django.db import migrations

EDITORS = {
    "posts.post": ["view", "add", "change", "delete", "publish", "change_any"],
    "posts.tag": ["view", "add", "change", "delete"],
    "posts.author": ["view", "add", "change", "delete"],
    "posts.sitesettings": ["view", "change"],
}
GROUPS = {
    "Publishers": EDITORS | {"audit.entry": ["view"]},
    "Administrators": {
        "accounts.user": ["view", "add", "change"],
        "accounts.signin": ["view", "end"],
        "auth.group": ["view"],
        "audit.entry": ["view"],
        "enquiries.consenttext": ["view", "add"],
        "posts.sitesettings": ["view", "change"],
    },
}


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, *each) for each in named(wanted)))


def named(wanted):
    for label, actions in wanted.items():
        app_label, model_name = label.split(".")
        for action in actions:
            yield app_label, model_name, f"{action}_{model_name}"


def permission(apps, app_label, model_name, codename):
    """Django makes permissions only after all migrations: they are made here, with the names it will look for."""
    options = apps.get_model(app_label, model_name)._meta
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model_name
    )
    verbose = dict(options.permissions).get(codename) or f"Can {codename.partition('_')[0]} {options.verbose_name}"
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": verbose}
    )
    return made


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sessions"),
        ("audit", "0001_entries"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("enquiries", "0002_group"),
        ("posts", "0010_site_settings"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
