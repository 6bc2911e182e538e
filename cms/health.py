"""Whether this worker can serve: at `/healthz`, and in what it answers where its database fails."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.urls import reverse
from django.views import defaults
from django.views.decorators.cache import never_cache

PATH = "/healthz"
RETRY_AFTER_SECONDS = 60


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers `/healthz` under any host name: a load balancer asks a worker by its address, not by the site's name."""

    def answered(request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path_info == PATH else get_response(request)

    return answered


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:  # also the connection's own, which is no `DatabaseError`
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of a failure. One of the database passes: people, proxies and search engines are told to come again."""
    if not isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        return defaults.server_error(request)
    page = loader.get_template("503.html").render({"is_admin": request.path.startswith(reverse("admin:index"))})
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
