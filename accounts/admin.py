"""People and their sessions in the admin. Administrators manage people; what a superuser is, only superusers touch."""

from typing import Any, ClassVar

from axes.utils import reset
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone as clock
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import addresses, invitations, throttle, two_factor
from accounts.events import happened, network_let_in
from accounts.forms import GroupsField, InvitationForm, PermissionsField
from accounts.models import SignIn, User
from accounts.sessions import user_of

# Their pages would show the secrets.
admin.site.unregister([StaticDevice, TOTPDevice])
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Who may sign in. People come by invitation."""

    add_form = InvitationForm
    add_form_template = "admin/change_form.html"
    add_fieldsets = ((None, {"fields": ("first_name", "last_name", "email", "groups")}),)
    list_display = ("username", "first_name", "last_name", "is_active", "has_second_factor", "state")
    readonly_fields = ("last_login", "date_joined")
    actions = ("unlock", "turn_off_two_factor", "delete_selected")
    superusers_fields: ClassVar = {"is_superuser", "user_permissions"}
    ways_in = ("is_active", "is_staff", "is_superuser")

    @admin.display(description=gettext_lazy("account"))
    def state(self, person: User) -> str:
        return _("invited") if invitations.is_waiting(person) else _("in use")

    @admin.display(description=gettext_lazy("two-factor sign-in"), boolean=True)
    def has_second_factor(self, person: Any) -> bool:
        return bool(person.has_second_factor)

    @admin.action(description=gettext_lazy("Let in again after wrong passwords"), permissions=["change"])
    def unlock(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in self._manageable(request, people):
            reset(username=person.get_username())
            happened.send(User, action="unlocked", person=person, by=user_of(request))
        messages.success(request, _("They can try again."))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Above the list, the networks from which nobody new can sign in now."""
        may_let_in = self.has_change_permission(request)
        shown = {each: addresses.customer(each) for each in throttle.resting()} if may_let_in else {}
        return super().changelist_view(
            request, {"resting": shown, "minutes": throttle.minutes()} | (extra_context or {})
        )

    @method_decorator(require_POST)
    def let_network_in(self, request: HttpRequest) -> HttpResponse:
        """A network that tried too many names may try again, and with it each of them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        address = request.POST.get("address", "")
        if address in throttle.resting():
            reset(ip=address)
            network_let_in.send(User, by=user_of(request))
        messages.success(request, _("Signing in works again from there."))
        return redirect("admin:accounts_user_changelist")

    @admin.action(description=gettext_lazy("Turn off two-factor sign-in"), permissions=["change"])
    def turn_off_two_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Of others: one's own is turned off with one's password and a code."""
        others = self._manageable(request, people).exclude(pk=user_of(request).pk)
        if not (found := [person for person in others if two_factor.is_on(person)]):
            messages.warning(request, _("It is on for none of the others whom you chose."))
            return
        for person in found:
            two_factor.turn_off(person, by=user_of(request))
        said = _("A password alone signs in, until two-factor sign-in is set up again: %(people)s.")
        messages.success(request, said % {"people": ", ".join(person.get_username() for person in found)})

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not oneself: whoever did would be outside, and perhaps nobody else inside."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj) and obj != request.user

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The people alone: their sessions and places in groups go with them, whoever may delete those singly.

        Each of the people has to be somebody whom one may delete: the action over several asks nowhere else.
        """
        *__, protected = super().get_deleted_objects(objs, request)
        names = {person: person.get_full_name() or person.get_username() for person in objs}
        lacking = {name for person, name in names.items() if not self.has_delete_permission(request, person)}
        return list(names.values()), {self.opts.verbose_name_plural: len(names)}, lacking, protected

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request).annotate(has_second_factor=two_factor.IS_ON)
        return people

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, *self.ways_in) if obj == request.user else fixed

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if _is_superuser(request):
            return fieldsets
        return [
            (name, options | {"fields": [each for each in options["fields"] if each not in self.superusers_fields]})
            for name, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Groups are few, so that all of them are seen at once, each with what it may do."""
        groups = {"form_class": GroupsField, "widget": CheckboxSelectMultiple()}
        shown = groups if db_field.name == "groups" else _permissions()
        return super().formfield_for_manytomany(db_field, request, **(kwargs | shown))

    # The invitation

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        page = {"title": _("Invite somebody"), "show_save_and_add_another": False, "show_save_and_continue": False}
        response = super().add_view(request, form_url, page | (extra_context or {}))
        if person := vars(request).get("invited"):  # its transaction is over: a slow mail server holds nobody else up
            self._mail(request, person)
        return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.username, obj.is_staff = obj.email, True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            happened.send(User, action="invited", person=obj, by=user_of(request))
            vars(request)["invited"] = obj
        elif not obj.is_active:  # else they would be let in again with the account
            for each in obj.sign_ins.all():
                each.end(by=user_of(request))

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:accounts_user_invitation", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.invitation_view)
        let_in = self.admin_site.admin_view(self.let_network_in)
        return [
            path("<int:pk>/invitation/", view, name="accounts_user_invitation"),
            path("let-network-in/", let_in, name="accounts_user_let_network_in"),
            *super().get_urls(),
        ]

    def invitation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The link, to be passed on by hand as well; sent, it is replaced by a new one and mailed."""
        person = self.get_object(request, str(pk))
        if person is None or not invitations.is_waiting(person):
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if request.method == "POST":
            invitations.invite(person, by=user_of(request))
            self._mail(request, person)
            return redirect("admin:accounts_user_invitation", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invitation of %(name)s") % {"name": person.get_full_name() or person.email},
            "opts": self.opts,
            "person": person,
            "link": invitations.link(person),
            "days": invitations.VALID.days,
            "sees_nothing": not person.get_all_permissions(),
        }
        return render(request, "accounts/invitation.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = self.get_object(request, object_id)
        waits = person is not None and invitations.is_waiting(person) and self.has_change_permission(request, person)
        url = reverse("admin:accounts_user_invitation", args=[object_id]) if waits else ""
        sessions = f"{reverse('admin:accounts_signin_changelist')}?user__id__exact={object_id}"
        own = {"invitation_url": url, "sessions_url": sessions if person else ""}
        return super().change_view(request, object_id, form_url, own | (extra_context or {}))

    def _mail(self, request: HttpRequest, person: User) -> None:
        if invitations.send(person):
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": person.email})
        else:
            messages.warning(request, _("The mail could not be sent. Hand the link on yourself, or try again later."))

    def _manageable(self, request: HttpRequest, people: QuerySet[User]) -> QuerySet[User]:
        return people if _is_superuser(request) else people.filter(is_superuser=False)


@admin.register(Group)
class PermittedGroupAdmin(GroupAdmin):
    """What the people in a group may do."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        return super().formfield_for_manytomany(db_field, request, **(kwargs | _permissions()))


@admin.register(SignIn)
class SignInAdmin(admin.ModelAdmin):
    """Where people are signed in now. They can be looked at and ended."""

    list_display = ("user", "device", "address", "signed_in_at", "last_seen_at")
    list_display_links = None
    list_select_related = ("user",)
    search_fields = ("user__username", "user__first_name", "user__last_name", "user__email")
    actions = ("end",)

    @admin.action(description=gettext_lazy("End the chosen sessions"), permissions=["end"])
    def end(self, request: HttpRequest, sign_ins: QuerySet[SignIn]) -> None:
        for each in sign_ins:
            each.end(by=user_of(request))
        messages.success(request, _("The sessions are ended."))

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignIn]:
        return SignIn.objects.open(at=clock.now())

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.end_signin")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SignIn | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SignIn | None = None) -> bool:
        return False


def _permissions() -> dict[str, Any]:
    """The permissions for what has pages here, all of them seen at once: the others permit nothing."""
    kinds = ContentType.objects.all()
    shown = [each for each in kinds if (model := each.model_class()) and admin.site.is_registered(model)]
    chosen = Permission.objects.filter(content_type__in=shown).select_related("content_type")
    return {"form_class": PermissionsField, "widget": CheckboxSelectMultiple(), "queryset": chosen}


def _may_touch(request: HttpRequest, person: User | None) -> bool:
    """Whoever manages people is not thereby above a superuser."""
    return person is None or not person.is_superuser or _is_superuser(request)


def _is_superuser(request: HttpRequest) -> bool:
    return user_of(request).is_superuser
