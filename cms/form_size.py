"""How much a form may hold: long texts come from people who are signed in, and nobody else fills the memory."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import defaults

MOST_BYTES_OF_STRANGERS = 1024 * 1024


class FormSizeMiddleware:
    """Looks before the protection against forgery does, which reads the form. What asks for none looks itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Raises `RequestDataTooBig`."""
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        is_looked_at = size > MOST_BYTES_OF_STRANGERS and not getattr(view, "csrf_exempt", False)
        if is_looked_at and SESSION_KEY not in request.session:
            raise RequestDataTooBig("Too large for somebody who is not signed in")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Says of a form that is too large that it is; of whatever else cannot be read what Django says."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return defaults.bad_request(request, exception)
