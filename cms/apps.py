"""The admin under the product's name."""

from django.contrib.admin.apps import SimpleAdminConfig


class MonographAdminConfig(SimpleAdminConfig):
    """Django's admin with `MonographAdminSite` as its site.

    The simple kind looks for no `admin` modules: `cms.urls` does, and commands that serve nothing start faster.
    """

    default_site = "cms.admin.MonographAdminSite"
