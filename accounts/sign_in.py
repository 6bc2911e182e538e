"""Signing in: the password, then the code where the person has a second factor. Both count for the throttle."""

from http import HTTPStatus
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import throttle, two_factor
from accounts.forms import CodeForm, FocusedForm, SignInForm
from accounts.models import User

WAITING = "second_factor"
INVITED = "invited"
WAITING_SECONDS = 10 * 60


class PasswordStep(FocusedForm, LoginView):
    """The admin's sign-in. Whoever has a second factor is not signed in by it, but asked for a code."""

    template_name = "admin/login.html"
    authentication_form = SignInForm
    next_page = "admin:index"

    def get_initial(self) -> dict[str, Any]:
        """Whoever just accepted an invitation need not type their name."""
        return {"username": self.request.session.get(INVITED, "")}

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if not two_factor.is_on(user):
            return super().form_valid(form)
        self.request.session[WAITING] = {
            "user": user.pk,
            "backend": user.backend,
            "password": user.get_session_auth_hash(),
            "until": clock.now().timestamp() + WAITING_SECONDS,
        }
        return redirect(f"{reverse('sign_in_code')}?{urlencode({REDIRECT_FIELD_NAME: self.get_redirect_url()})}")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeStep(FocusedForm, RedirectURLMixin, FormView):
    """Asks for the code; the right one signs in."""

    template_name = "accounts/code.html"
    form_class = CodeForm
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = _waiting(request)
        if person is None:
            return redirect("admin:login")
        self.person = person
        return locked_out(request) if is_locked_out(request, person) else super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        if not two_factor.accepts(self.person, form.cleaned_data["code"]):
            form.add_error("code", _("This code is not right. Wait for the next one, or a moment, and try again."))
            refuse(self.request, self.person)
            return self.form_invalid(form)
        login(self.request, self.person, backend=self.request.session.pop(WAITING)["backend"])
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"title": _("One more step"), "next": self.get_redirect_url()}
        return super().get_context_data(**admin.site.each_context(self.request), **page, **kwargs)


def _waiting(request: HttpRequest) -> User | None:
    """Who gave the right password in this browser a short while ago, and has not changed it since."""
    waiting = request.session.get(WAITING, {})
    if waiting.get("until", 0) < clock.now().timestamp():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    return user if user and constant_time_compare(waiting["password"], user.get_session_auth_hash()) else None


def is_locked_out(request: HttpRequest, user: User) -> bool:
    """Whether too many attempts for this person, or for many, came from this address."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.get_username()})


def refuse(request: HttpRequest, user: User) -> None:
    """Counts, and records, one attempt that was wrong."""
    user_login_failed.send(__name__, credentials={"username": user.get_username()}, request=request)


def locked_out(request: HttpRequest, *__: Any) -> HttpResponse:
    """What is shown, as long as the throttle lasts, instead of whatever was asked for."""
    context = {
        **admin.site.each_context(request),
        "title": _("Let us pause for a moment"),
        "address_rests": throttle.address_rests(request),
        "minutes": throttle.minutes(),
    }
    return render(request, "accounts/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
