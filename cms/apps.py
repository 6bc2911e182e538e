"""The admin under the product's name."""

from django.contrib.admin.apps import AdminConfig


class MonographAdminConfig(AdminConfig):
    """Django's admin with `MonographAdminSite` as its site."""

    default_site = "cms.admin.MonographAdminSite"
