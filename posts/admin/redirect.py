"""Redirects in the admin: by hand, and as CSV."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone as clock
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.sessions import user_of
from audit import models as audit
from posts import redirect_files, redirecting
from posts.models import Redirect, SiteState, quoted
from posts.redirecting import Line, RedirectError

KEPT_SECONDS = 60 * 60  # between the plan and its application
SHOWN = 500  # lines of a plan; of a longer one first those with errors


class RedirectForm(forms.ModelForm):
    """A redirect as a person writes it; where it leads in the end is worked out."""

    old = forms.CharField(
        label=_("Old path"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"}),
        help_text=_("Such as /old/page/. What an address says after a ? is handed on."),
    )
    new = forms.CharField(
        label=_("Leads to"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"}),
        help_text=_(
            "A path on this site, such as /posts/new-page/, or an address that begins with https://. A post or a tag is"
            " followed wherever it moves."
        ),
    )

    class Meta:
        model = Redirect
        fields = ("kind",)

    plan: redirecting.Plan

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial = {**self.initial, "old": quoted(self.instance.old_path), "new": self.instance.target}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        line = Line(1, cleaned["old"], cleaned["new"], str(int(cleaned["kind"])))
        self.plan = redirecting.plan([line], instead_of=self.instance if self.instance.pk else None)
        (outcome,) = self.plan.outcomes
        if self.plan.errors:
            self.add_error(outcome.wrong, outcome.message)
        elif outcome.replaces:
            self.add_error("old", _("There is a redirect at this path already."))
        self.instance.old_path = outcome.old_path
        for name, value in Redirect.leading_to(outcome.target).items():
            setattr(self.instance, name, value)
        return cleaned


class RedirectImportForm(forms.Form):
    """A file of redirects."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, up to 5 MB and 10,000 lines: old path, where it leads, and 301 or 302."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    """Old paths. Those that documents write as their aliases are changed there."""

    form = RedirectForm
    fields = ("old", "new", "kind")
    list_display = ("old_path", "leads_to", "kind", "origin")
    list_filter = ("origin", "kind")
    list_select_related = ("post", "tag")
    search_fields = ("old_path", "target_path", "post__path", "post__title", "tag__name")
    search_help_text = _("Old path, address, post or tag")
    show_full_result_count = False
    actions = ("delete_chosen",)

    class Media:
        css: ClassVar = {"all": ["posts/admin.css"]}

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_csv), name="posts_redirect_import"),
            path("export/", wrap(self.export_csv), name="posts_redirect_export"),
            *super().get_urls(),
        ]

    def _may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_import": self._may_import(request)} | (extra_context or {}))

    def import_csv(self, request: HttpRequest) -> HttpResponse:
        """The file, then what it would do, then what it did."""
        if not self._may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self._imported(request)
        form = RedirectImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                lines = redirect_files.read(form.cleaned_data["upload"].read())
                return self._planned(request, lines)
            except RedirectError as error:
                form.add_error("upload", str(error))
        return self._page(request, form=form)

    def _planned(self, request: HttpRequest, lines: list[Line]) -> HttpResponse:
        planned = redirecting.plan(lines)
        token = secrets.token_urlsafe(24)
        cache.set(f"redirects.{token}", (request.user.pk, lines), KEPT_SECONDS)
        shown = sorted(planned.outcomes, key=lambda outcome: outcome.status is not redirecting.Status.ERROR)[:SHOWN]
        counts = planned.counts
        to_write = counts["created"] + counts["changed"]
        return self._page(
            request,
            outcomes=shown,
            hidden=len(planned.outcomes) - len(shown),
            counts=counts,
            to_write=to_write,
            token=token,
        )

    def _imported(self, request: HttpRequest) -> HttpResponse:
        """Plans anew, for much may have happened since, and writes what is sound."""
        key = f"redirects.{request.POST['token']}"
        owner, lines = cache.get(key) or (None, [])
        if owner != request.user.pk:
            return self._page(request, form=RedirectImportForm(), lost=True)
        cache.delete(key)
        planned = redirecting.apply(lines, by=user_of(request))
        said = gettext("%(created)d created, %(changed)d changed, %(unchanged)d unchanged, %(error)d with errors.")
        self.message_user(request, said % planned.counts, messages.SUCCESS)
        return redirect("admin:posts_redirect_changelist")

    def _page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "title": gettext("Import redirects"), "opts": self.opts}
        return TemplateResponse(request, "admin/posts/redirect/import.html", context)

    def export_csv(self, request: HttpRequest) -> HttpResponse:
        """All redirects as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        redirects = Redirect.objects.select_related("post", "tag")
        event = audit.Event("redirects.exported", label=f"{redirects.count()} redirects, as CSV")
        audit.record([event], by=user_of(request))
        return HttpResponse(
            redirect_files.as_csv(redirects),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="redirects-{clock.now():%Y%m%d-%H%M}.csv"'},
        )

    @admin.action(description=_("Delete"), permissions=["delete"])
    def delete_chosen(self, request: HttpRequest, redirects: QuerySet) -> None:
        chosen = list(redirects.exclude(origin=Redirect.Origin.ALIAS).select_related("post", "tag"))
        redirecting.delete(chosen, by=user_of(request))
        self.message_user(request, gettext("Deleted: %(number)d.") % {"number": len(chosen)}, messages.SUCCESS)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One saves at a time, so that what the form found out of other redirects is so when it is written."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            SiteState.lock()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Redirect, form: RedirectForm, change: bool) -> None:
        before = Redirect.objects.get(pk=obj.pk) if change else None
        redirecting.write(form.plan, by=user_of(request), instead_of=before)
        obj.pk = Redirect.objects.get(old_path=obj.old_path).pk

    def delete_model(self, request: HttpRequest, obj: Redirect) -> None:
        redirecting.delete([obj], by=user_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.origin != Redirect.Origin.ALIAS)

    def has_delete_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.origin != Redirect.Origin.ALIAS)

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> Any:
        """To whoever may only look: what it says."""
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return self.fields if may else ("old_path", "leads_to", "kind", "origin")

    @admin.display(description=_("leads to"))
    def leads_to(self, redirect: Redirect) -> str:
        if redirect.post:
            url = reverse("admin:posts_post_change", args=[redirect.post.pk])
            return format_html('<a href="{}">{}</a> <small>{}</small>', url, redirect.post.title, redirect.target)
        if redirect.tag:
            url = reverse("admin:posts_tag_change", args=[redirect.tag.pk])
            return format_html('<a href="{}">{}</a> <small>{}</small>', url, redirect.tag.name, redirect.target)
        return redirect.target
