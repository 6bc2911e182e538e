"""The groups Authors (their own drafts) and Editors (all posts), with their permissions."""

from django.db import migrations

GROUPS = {
    "Authors": ["post.view_post", "post.add_post", "post.change_post", "tag.view_tag"],
    "Editors": [
        "post.view_post",
        "post.add_post",
        "post.change_post",
        "post.delete_post",
        "post.publish_post",
        "post.change_any_post",
        "tag.view_tag",
        "tag.add_tag",
        "tag.change_tag",
        "tag.delete_tag",
    ],
}


def make_groups(apps, schema_editor):
    """Django makes permissions only after all migrations: these are made here, with the names it will look for."""
    Group = apps.get_model("auth", "Group")
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, *each.split(".")) for each in wanted))


def permission(apps, model_name, codename):
    model = apps.get_model("posts", model_name)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="posts", model=model_name
    )
    names = dict(model._meta.permissions)
    verbose = f"Can {codename.partition('_')[0]} {model._meta.verbose_name}"
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": names.get(codename, verbose)}
    )
    return made


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
