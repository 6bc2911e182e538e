"""A person's own account: its second factor and its sessions; and the page that an invitation leads to."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone as clock
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts import invitations, sessions, sign_in, two_factor
from accounts.events import happened
from accounts.forms import CodeForm, ConfirmForm, focus
from accounts.models import User
from accounts.sessions import user_of


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The second factor's state and the open sessions."""
    user = user_of(request)
    return _page(
        request,
        "account",
        _("Your account"),
        two_factor_is_on=two_factor.is_on(user),
        codes_left=two_factor.recovery_codes_left(user),
        sessions=user.sign_ins.open(at=clock.now()),
        this=sessions.of_request(request),
    )


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one session of one's own."""
    user = user_of(request)
    get_object_or_404(user.sign_ins, pk=pk).end(by=user)
    messages.success(request, _("The session is ended."))
    return redirect("account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Leaves only the session in use."""
    user = user_of(request)
    for each in user.sign_ins.all():
        if each.pk != sessions.of_request(request):
            each.end(by=user)
    messages.success(request, _("All other sessions are ended."))
    return redirect("account")


@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Tells the page that sent the person here to sign in, and closes its window."""
    return _page(request, "signed_in", _("You are signed in"))


@never_cache
@sensitive_post_parameters("code")
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows the secret and asks for its first code; then the recovery codes, this once."""
    user = user_of(request)
    if two_factor.is_on(user):
        return redirect("account")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if codes := two_factor.turn_on(user, form.cleaned_data["code"]):
            return _page(request, "recovery_codes", _("Two-factor sign-in is on"), codes=codes)
        form.add_error("code", _("This code is not right. Wait for the next one that your app shows."))
    device = two_factor.offered(user)
    return _page(
        request,
        "two_factor",
        _("Set up two-factor sign-in"),
        form=form,
        qr_code=two_factor.qr_code(device),
        key=two_factor.key(device),
        is_owed=two_factor.is_owed(user),
    )


@sensitive_post_parameters("password", "code")
def turn_off(request: HttpRequest) -> HttpResponse:
    """Asks for the password and a code."""
    user = user_of(request)

    def done() -> HttpResponse:
        two_factor.turn_off(user, by=user)
        messages.success(request, _("Two-factor sign-in is off."))
        return redirect("account")

    return _confirmed(request, _("Turn off two-factor sign-in"), done)


@sensitive_post_parameters("password", "code")
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Asks for the password and a code, and shows new recovery codes once."""
    user = user_of(request)

    def done() -> HttpResponse:
        codes = two_factor.renew_recovery_codes(user)
        return _page(request, "recovery_codes", _("New recovery codes"), codes=codes)

    return _confirmed(request, _("Make new recovery codes"), done)


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Lets the invited person choose a password, once."""
    if request.method == "POST":
        with transaction.atomic():
            return _accepted(request, invitations.invitee(token, lock=True))
    return _invitation(request, invitations.invitee(token))


def _confirmed(request: HttpRequest, title: str, done: Callable[[], HttpResponse]) -> HttpResponse:
    """What `done` answers, once the person gave their password and a code; until then the form that asks for them."""
    user = user_of(request)
    if not two_factor.is_on(user):
        return redirect("account")
    if sign_in.is_locked_out(request, user):
        return sign_in.locked_out(request)
    form = ConfirmForm(user, request.POST or None)
    if form.is_valid():
        return done()
    if form.non_field_errors():
        sign_in.refuse(request, user)
    return _page(request, "confirm", title, form=form)


def _accepted(request: HttpRequest, user: User | None) -> HttpResponse:
    form = SetPasswordForm(user, request.POST) if user else None
    if user is None or form is None or not form.is_valid():
        return _invitation(request, user, form)
    form.save()
    happened.send(__name__, action="invitation-accepted", person=user, by=user)
    messages.success(request, _("Welcome. Sign in as %(name)s.") % {"name": user.get_username()})
    request.session[sign_in.INVITED] = user.get_username()
    return redirect("admin:login")


def _invitation(request: HttpRequest, user: User | None, form: SetPasswordForm | None = None) -> HttpResponse:
    if user is None:
        response = _page(request, "accept", _("This link is no longer good"))
        response.status_code = HTTPStatus.GONE
        return response
    title = _("Welcome to %(site)s") % {"site": settings.SITE_NAME}
    return _page(request, "accept", title, person=user, form=form or SetPasswordForm(user))


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    if form := context.get("form"):
        focus(form)
    return render(request, f"accounts/{name}.html", {**admin.site.each_context(request), "title": title, **context})
