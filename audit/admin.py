"""The trail in the admin, to be read only."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from audit.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """Who did what, newest first."""

    list_display = ("number", "at", "actor_name", "action", "label", "reason")
    list_display_links = ("number", "at")
    list_filter = ("action",)
    search_fields = ("label", "actor_name", "subject", "reason")
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    fields = ("number", "at", "actor_name", "action", "label", "subject", "reason", "was", "is_now", "hash")
    readonly_fields = fields

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
