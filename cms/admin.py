from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class MonographAdminSite(AdminSite):
    """The stock admin, named for the product; "View site" leads to the readers' home page."""

    site_header = _("Monograph")
    site_title = _("Monograph")
    index_title = _("Editor's desk")
    site_url = "/"
