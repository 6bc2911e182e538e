"""The trail in the admin, to be read only."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from audit.wording import named, said


class ActionFilter(admin.SimpleListFilter):
    """By what was done: whatever the trail has so far."""

    title = _("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = Entry.objects.order_by("action").values_list("action", flat=True).distinct()
        return sorted(((each, said(each)) for each in found), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """Who did what, newest first."""

    list_display = ("number", "at", "actor_name", "told", "named", "reason")
    list_display_links = ("number", "at")
    list_filter = (ActionFilter,)
    search_fields = ("label", "actor_name", "subject", "reason")
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    fields = ("number", "at", "actor_name", "told", "code", "named", "row", "reason", "was", "is_now", "sha256")
    readonly_fields = fields

    @admin.display(description=_("action"), ordering="action")
    def told(self, entry: Entry) -> str:
        return said(entry.action)

    @admin.display(description=_("of"), ordering="label")
    def named(self, entry: Entry) -> str:
        return named(entry.action, entry.label)

    @admin.display(description=_("code"))
    def code(self, entry: Entry) -> str:
        return entry.action

    @admin.display(description=_("row"), empty_value="–")
    def row(self, entry: Entry) -> str:
        return entry.subject

    @admin.display(description=_("SHA-256 of the entry"))
    def sha256(self, entry: Entry) -> str:
        return entry.hash

    @admin.display(description=_("before"))
    def was(self, entry: Entry) -> str:
        return _shown(entry.before)

    @admin.display(description=_("after"))
    def is_now(self, entry: Entry) -> str:
        return _shown(entry.after)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False


def _shown(values: dict[str, Any]) -> str:
    return format_html("<pre>{}</pre>", json.dumps(values, ensure_ascii=False, indent=1)) if values else "–"
