"""The team's side: enquiries, how far each is, where it was sent, and what a person's rights ask for."""

from typing import Any, ClassVar
from urllib.parse import quote

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Field, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone as clock
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.sessions import user_of
from audit import models as audit
from enquiries import delivery, spreadsheet, subjects
from enquiries.models import ConsentText, Delivery, Enquiry, EnquiryQuerySet, consent_version

Status = Enquiry.Status


class HandlerFilter(admin.SimpleListFilter):
    """By who handles it, of those who handle any."""

    title = _("handler")
    parameter_name = "handler"
    NOBODY = "nobody"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        handlers = User.objects.filter(enquiries__isnull=False).distinct().order_by("username")
        return [(self.NOBODY, _("nobody yet")), *((str(user.pk), user.get_username()) for user in handlers)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value == self.NOBODY:
            return queryset.filter(handler=None)
        is_offered = value in {offered for offered, _ in self.lookup_choices}
        return queryset.filter(handler=value) if is_offered else queryset


class ArrivalFilter(admin.SimpleListFilter):
    """By whether mail and webhook have arrived."""

    title = _("sending")
    parameter_name = "sending"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("not sent yet")), ("sent", _("sent"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waiting = {"waiting": True, "sent": False}.get(self.value() or "")
        return queryset if waiting is None else queryset.filter(is_waiting=waiting)


class SubjectForm(forms.Form):
    """Whose data is asked for."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"class": "vTextField"}))


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """What a person wrote is only read here; the team changes how far it is and who handles it."""

    list_display = ("received", "name", "company", "status_mark", "handler", "sending")
    list_display_links = ("received", "name")
    list_filter = ("status", HandlerFilter, "interest", ArrivalFilter)
    list_select_related = ("handler",)
    search_fields = ("name", "email", "company", "country", "message", "origin_title")
    search_help_text = _("Name, address, company, country, message or article")
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-id")
    list_per_page = 50
    actions = ("take", "close", "mark_as_spam", "export_csv", "send_again", "delete_selected")
    readonly_fields = (
        "received",
        "name",
        "mail_link",
        "company",
        "role",
        "country",
        "interest",
        "message",
        "article",
        "language",
        "consent_text",
        "consent_version",
        "deliveries",
    )
    fieldsets = (
        (None, {"fields": ("status", "handler", "note")}),
        (_("Enquiry"), {"fields": ("received", "interest", "message", "article", "language")}),
        (_("Person"), {"fields": ("name", "mail_link", "company", "role", "country")}),
        (_("Consent"), {"fields": ("consent_text", "consent_version")}),
        (_("Sending"), {"fields": ("deliveries",)}),
    )

    class Media:
        css: ClassVar = {"all": ["enquiries/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Delivery.objects.filter(enquiry=OuterRef("pk"), sent_at=None)
        return Enquiry.objects.annotate(is_waiting=Exists(waiting))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("person/", wrap(self.subject), name="enquiries_enquiry_subject"),
            path("<int:pk>/send-again/", wrap(self.send_one_again), name="enquiries_enquiry_send_again"),
            *super().get_urls(),
        ]

    # Who may do what

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Enquiries come from the form alone."""
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("enquiries.export_enquiry")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_serve = self.has_export_permission(request) or self.has_delete_permission(request)
        return super().changelist_view(request, {"may_serve_subjects": may_serve} | (extra_context or {}))

    # Changes, each with who made it in the history

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """To be handled by those who can sign in, or by whoever does so already; none are made or changed on the way."""
        if db_field.name != "handler":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        people = User.objects.filter(Q(is_active=True, is_staff=True) | Q(enquiries__isnull=False))
        return db_field.formfield(queryset=people.distinct().order_by("username"))

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return "; ".join(_change(form, name) for name in form.changed_data)

    def save_model(self, request: HttpRequest, obj: Enquiry, form: Any, change: bool) -> None:
        obj.keep(by=user_of(request))

    def delete_model(self, request: HttpRequest, obj: Enquiry) -> None:
        self.delete_queryset(request, Enquiry.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        Enquiry.objects.filter(pk__in=list(queryset.values_list("pk", flat=True))).erase(by=user_of(request))

    @admin.action(description=_("Take into work"), permissions=["change"])
    def take(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> None:
        self._move(request, enquiries, Status.IN_WORK)

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def close(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> None:
        self._move(request, enquiries, Status.DONE)

    @admin.action(description=_("Mark as spam"), permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> None:
        self._move(request, enquiries, Status.SPAM)

    def _move(self, request: HttpRequest, enquiries: EnquiryQuerySet, status: Enquiry.Status) -> None:
        with transaction.atomic():
            moving = list(enquiries.exclude(status=status))
            for enquiry in moving:
                before = enquiry.get_status_display()
                enquiry.move(status, by=user_of(request))
                self.log_change(request, enquiry, _from_to(gettext("Status"), before, str(status.label)))
        said = ngettext(
            "%(number)d enquiry is now “%(status)s”.", "%(number)d enquiries are now “%(status)s”.", len(moving)
        )
        told = said % {"number": len(moving), "status": status.label} if moving else gettext("Nothing was changed.")
        self.message_user(request, told, messages.SUCCESS)

    # Sending again. Not from the change form's own submission, for that is a transaction, which no server may hold open.

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> None:
        deliveries = Delivery.objects.filter(enquiry__in=list(enquiries.values_list("pk", flat=True)))
        at = clock.now()
        deliveries.send_again(at)
        outcome = delivery.send(deliveries, at)
        self._log(request, enquiries, "sent-again", gettext("Sent again"))
        level = messages.ERROR if outcome.failed else messages.SUCCESS
        said = gettext("%(sent)d sent, %(failed)d to be tried again later.")
        self.message_user(request, said % {"sent": outcome.sent, "failed": outcome.failed}, level)

    @method_decorator(require_POST)
    def send_one_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One enquiry's mail and webhook, from its page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        self.send_again(request, Enquiry.objects.filter(pk=pk))
        return redirect("admin:enquiries_enquiry_change", pk)

    # Copies and erasure

    @admin.action(description=_("Export as CSV"), permissions=["export"])
    def export_csv(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> HttpResponse:
        self._log(request, enquiries, "exported", gettext("Exported"))
        return _download(spreadsheet.as_csv(enquiries), "text/csv; charset=utf-8", "csv")

    def subject(self, request: HttpRequest) -> HttpResponse:
        """All that is held of one person: first shown, then copied or erased. The address never stands in a URL."""
        may_copy, may_erase = self.has_export_permission(request), self.has_delete_permission(request)
        if not (may_copy or may_erase):
            raise PermissionDenied
        form = SubjectForm(request.POST or None)
        found = Enquiry.objects.of(form.cleaned_data["email"]) if form.is_valid() else None
        if found is not None and "copy" in request.POST and may_copy:
            self._log(request, found, "exported", gettext("Exported"))
            return _download(subjects.copy(found), "application/json", "json")
        if found is not None and "erase" in request.POST and may_erase:
            self._erase(request, found)
            return redirect("admin:enquiries_enquiry_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("One person’s data"),
            "opts": self.model._meta,
            "form": form,
            "found": found,
            "may_copy": may_copy,
            "may_erase": may_erase,
        }
        return TemplateResponse(request, "admin/enquiries/enquiry/subject.html", context)

    def _erase(self, request: HttpRequest, enquiries: EnquiryQuerySet) -> None:
        self.log_deletions(request, enquiries)
        erased = enquiries.erase(by=user_of(request))
        said = ngettext("%(number)d enquiry was erased.", "%(number)d enquiries were erased.", erased)
        self.message_user(request, said % {"number": erased}, messages.SUCCESS)

    def _log(self, request: HttpRequest, enquiries: EnquiryQuerySet, what: str, message: str) -> None:
        """In the history of each, and once in the audit trail."""
        enquiries.record(what, by=user_of(request))
        LogEntry.objects.log_actions(user_of(request).pk, enquiries, CHANGE, message)

    # What is shown

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, enquiry: Enquiry) -> str:
        return f"{enquiry.received_at:%Y-%m-%d %H:%M}"

    @admin.display(description=_("status"), ordering="status")
    def status_mark(self, enquiry: Enquiry) -> str:
        return format_html('<span class="state state-{}">{}</span>', enquiry.status, enquiry.get_status_display())

    @admin.display(description=_("sending"))
    def sending(self, enquiry: Any) -> str:
        return gettext("not sent yet") if enquiry.is_waiting else gettext("sent")

    @admin.display(description=_("mail and webhook"))
    def deliveries(self, enquiry: Enquiry) -> str:
        """A line for each place that it is sent to."""
        lines = ((each.get_channel_display(), _state(each)) for each in enquiry.deliveries.order_by("pk"))
        return format_html('<ul class="deliveries">{}</ul>', format_html_join("", "<li>{}: {}</li>", lines))

    @admin.display(description=_("work e-mail"))
    def mail_link(self, enquiry: Enquiry) -> str:
        return format_html('<a href="mailto:{}">{}</a>', quote(enquiry.email), enquiry.email)

    @admin.display(description=_("article they came from"))
    def article(self, enquiry: Enquiry) -> str:
        if not enquiry.origin_path:
            return "–"
        return format_html('<a href="{}">{}</a>', enquiry.origin_url, enquiry.origin_title)


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    """Texts are added and never changed: what people saw stays to be looked up."""

    list_display = ("created_at", "language", "text", "author")
    list_filter = ("language",)
    readonly_fields = ("author", "created_at")

    def get_fields(self, request: HttpRequest, obj: ConsentText | None = None) -> tuple[str, ...]:
        return ("language", "text", "author", "created_at") if obj else ("language", "text")

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:
        obj.author = user_of(request)
        super().save_model(request, obj, form, change)
        said = {"language": obj.language, "sha256": consent_version(obj.text)}
        event = audit.Event("consent.created", f"{obj._meta.label_lower}:{obj.pk}", str(obj), after=said)
        audit.record([event], by=user_of(request))


def _change(form: Any, name: str) -> str:
    """One field's change in words, from the choices that the form offered; of the note only that it was changed."""
    if name == "note":
        return str(form.fields[name].label)
    labels = {str(value or ""): label for value, label in form.fields[name].choices} | {"": gettext("nobody")}
    before, after = (labels.get(str(value or ""), "?") for value in (form.initial.get(name), form.data.get(name)))
    return _from_to(form.fields[name].label, before, after)


def _state(delivery: Delivery) -> str:
    """How far a delivery is, in words."""
    if delivery.sent_at:
        return gettext("sent on %(at)s") % {"at": f"{delivery.sent_at:%Y-%m-%d %H:%M}"}
    said = gettext("not sent yet, %(attempts)d attempts, the next from %(at)s. %(error)s")
    at = f"{delivery.next_attempt_at:%Y-%m-%d %H:%M}"
    return said % {"attempts": delivery.attempts, "at": at, "error": delivery.last_error}


def _from_to(what: str, before: str, after: str) -> str:
    return f"{what}: {before} → {after}"


def _download(text: str, content_type: str, ending: str) -> HttpResponse:
    name = f"enquiries-{clock.now():%Y%m%d-%H%M}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type=content_type, headers=headers)
