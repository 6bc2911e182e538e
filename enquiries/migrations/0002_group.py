"""The group Enquiries: those who read what people write in the form, and answer it."""

from django.db import migrations

GROUP = "Enquiries"
PERMISSIONS = {
    "view_enquiry": "Can view enquiry",
    "change_enquiry": "Can change enquiry",
    "delete_enquiry": "Can delete enquiry",
    "export_enquiry": "Can export enquiries",
}


def make_group(apps, schema_editor):
    """Django makes permissions only after all migrations: these are made here, with the names it will look for."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="enquiries", model="enquiry"
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    permissions = apps.get_model("auth", "Permission").objects
    for codename, name in PERMISSIONS.items():
        made, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        group.permissions.add(made)


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_group, remove_group)]
