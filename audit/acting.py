"""Who acts in this request: for what is recorded where no request is at hand."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from accounts.models import User

_request: ContextVar[HttpRequest | None] = ContextVar("audited request", default=None)


def actor() -> User | None:
    """The person signed in to the request under way; None outside of one, as in a command."""
    request = _request.get()
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def is_request() -> bool:
    """Whether somebody waits for an answer; a command or a test's own code is none."""
    return _request.get() is not None


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Remembers the request while it is answered."""

    def answered(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return answered
