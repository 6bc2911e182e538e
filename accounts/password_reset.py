"""Asking for a new password: the same answer whoever asks for whatever, and no flood of mail to anybody."""

from http import HTTPStatus

from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetView
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts import addresses, limits

FROM_A_NETWORK, TO_AN_ADDRESS = 10, 3
SECONDS = 60 * 60


class AskForPassword(PasswordResetView):
    """Counts by the network that asks and by the address that is asked for, whether or not it is anybody's."""

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        if not self._is_over(form.cleaned_data["email"]):
            return super().form_valid(form)
        form.add_error("email", _("This was asked for many times. Look into your mail, or try again in an hour."))
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.TOO_MANY_REQUESTS)

    def _is_over(self, email: str) -> bool:
        network = addresses.customer(addresses.of_request(self.request))
        counted = ((network, FROM_A_NETWORK), (email.casefold(), TO_AN_ADDRESS))
        return any(limits.is_over("password-resets", who, most=most, seconds=SECONDS) for who, most in counted)
