"""Asking for a new password: the same answer whoever asks for whatever, and no flood of mail to anybody."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from accounts import addresses, limits
from accounts.forms import FocusedForm

FROM_A_NETWORK, TO_AN_ADDRESS = 10, 3
SECONDS = 60 * 60
mailing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="password-resets")


class AskForPassword(FocusedForm, PasswordResetView):
    """Counts by the network that asks and by the address that is asked for, whether or not it is anybody's.

    Whose it is is looked up, and mailed, once the answer is on its way: how long a mail server takes would tell.
    """

    template_name = "accounts/ask_for_password.html"
    title = gettext_lazy("A new password")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        if not self._is_over(form.cleaned_data["email"]):
            done = mailing.submit(_done, partial(super().form_valid, form), get_language() or "")
            done.add_done_callback(Future.result)  # what goes wrong is in the log
            return redirect(self.get_success_url())
        form.add_error("email", _("This was asked for many times. Look into your mail, or try again in an hour."))
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.TOO_MANY_REQUESTS)

    def _is_over(self, email: str) -> bool:
        network = addresses.customer(addresses.of_request(self.request))
        counted = ((network, FROM_A_NETWORK), (email.casefold(), TO_AN_ADDRESS))
        return any(limits.is_over("password-resets", who, most=most, seconds=SECONDS) for who, most in counted)


def _done(mail: Callable[[], object], language: str) -> None:
    """In a thread of its own, which has its own language and its own connection to the database."""
    try:
        with override(language):
            mail()
    finally:
        connection.close()


class NewPassword(FocusedForm, PasswordResetConfirmView):
    """What the mailed link leads to; with the new password the person signs in."""

    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed. Sign in with it."))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not context["form"]:
            context["title"] = _("This link is no longer good")
        return context
