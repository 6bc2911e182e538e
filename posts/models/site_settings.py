"""What editors say of the site itself, stored."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SiteSettings(models.Model):
    """One row. What is left empty is the product's own (`posts.look`)."""

    name = models.CharField(_("name of the site"), max_length=100, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    contact_email = models.EmailField(_("address for enquiries"), blank=True)
    logo = models.CharField(_("logo's address"), max_length=1000, blank=True)
    logo_alt = models.CharField(_("logo in words"), max_length=200, blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, blank=True)
    menu = models.JSONField(_("menu"), default=list, blank=True)  # of {"name", "url"}, in order
    footer = models.TextField(_("footer"), max_length=500, blank=True)
    social = models.JSONField(_("social links"), default=list, blank=True)  # as the menu
    legal = models.TextField(_("legal text"), max_length=3_000, blank=True)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        default_permissions = ("view", "change")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_site_settings")]

    def __str__(self) -> str:
        return self.name or gettext("Site settings")

    @classmethod
    def stored(cls) -> Self:
        """The row; one that says nothing where there is none. One query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
