"""Sessions as their owners see them: noted at sign-in, looked up when a page asks who is there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone as clock
from django.utils.functional import SimpleLazyObject

from accounts import addresses, devices
from accounts.models import SignIn, User, password_mark

KEY = "sign_in"


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; for pages that nobody else is let into."""
    assert isinstance(request.user, User)
    return request.user


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lets nobody in whose session was ended. Pages that ask for no user cost nothing, and keep to no cookie."""

    def answered(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: _unless_ended(request, user))  # type: ignore[assignment]
        return get_response(request)

    return answered


def of_request(request: HttpRequest) -> int:
    """The key of the session in use; 0 where nobody is signed in."""
    return int(request.session.get(KEY, 0))


def _unless_ended(request: HttpRequest, user: Any) -> Any:
    if not user.is_authenticated:
        return user
    if KEY not in request.session:  # it began before sessions were noted
        _note(request, user)
        return user
    sign_in = SignIn.objects.filter(pk=of_request(request), user=user).first()
    if sign_in is None:
        request.session.flush()
        return AnonymousUser()
    sign_in.user = user
    sign_in.see(at=clock.now())
    return user


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    long_ago = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    user.sign_ins.filter(last_seen_at__lt=long_ago).delete()
    SignIn.objects.filter(pk=of_request(request)).delete()  # signed in once more in the same session
    _note(request, user)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, **_: Any) -> None:
    SignIn.objects.filter(pk=of_request(request)).delete()


def _note(request: HttpRequest, user: User) -> None:
    now = clock.now()
    sign_in = SignIn.objects.create(
        user_id=user.pk,
        device=devices.described(request.headers.get("User-Agent", "")),
        address=addresses.sound(request),
        signed_in_at=now,
        last_seen_at=now,
        password_mark=password_mark(user),
    )
    request.session[KEY] = sign_in.pk
