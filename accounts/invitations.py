"""Accounts by invitation: a link that is signed, runs out, and is good for one password."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.events import happened
from accounts.models import User

VALID = timedelta(days=7)
_SALT = "accounts.invitations"


def invite(user: User, *, by: User) -> None:
    """Makes the person's links from before worthless, and notes the invitation. Writes to the row."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    happened.send(__name__, action="invited", person=user, by=by)


def link(user: User) -> str:
    """An address that lets the person choose a password, from now on for as long as `VALID`."""
    token = signing.dumps([user.pk, _state(user)], salt=_SALT)
    return settings.SITE_URL + reverse("invitation", args=[token])


def send(user: User) -> bool:
    """Mails the link; False if the mail server did not take it."""
    text = render_to_string("accounts/invitation.txt", {"person": user, "link": link(user), "days": VALID.days})
    try:
        send_mail(_("Your account at %(site)s") % {"site": settings.SITE_NAME}, text, None, [user.email])
    except OSError:  # smtplib's errors are such too
        return False
    return True


def invitee(token: str, *, lock: bool = False) -> User | None:
    """Whom the link invites; None if it ran out, was used, was followed by another, or is not ours."""
    try:
        key, state = signing.loads(token, salt=_SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    people = User.objects.select_for_update() if lock else User.objects
    user = people.filter(pk=key, is_active=True).first()
    return user if user and is_waiting(user) and constant_time_compare(state, _state(user)) else None


def is_waiting(user: User) -> bool:
    """Whether the person has not chosen a password yet."""
    return not user.has_usable_password()


def _state(user: User) -> str:
    """Changes when a password is chosen, another invitation goes out, or the mail address is mended."""
    return salted_hmac(_SALT, f"{user.password} {user.email}", algorithm="sha256").hexdigest()[:32]
