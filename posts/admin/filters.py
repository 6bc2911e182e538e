"""What the list of posts is filtered by."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from posts.models import Post, PostQuerySet


class StatusFilter(admin.SimpleListFilter):
    """By what readers see now."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(status.value, status.label) for status in Post.Status]

    def queryset(self, request: HttpRequest, queryset: PostQuerySet) -> PostQuerySet:  # type: ignore[override]
        status = self.value()
        return queryset.in_status(Post.Status(status)) if status in Post.Status.values else queryset


class SectionFilter(admin.SimpleListFilter):
    """By section."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = Post.objects.order_by("section").values_list("section", flat=True).distinct()
        return [(name, name) for name in names if name]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(section=self.value()) if self.value() else queryset
