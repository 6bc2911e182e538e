"""Whether this worker can serve: at `/healthz`, and in what it answers where its database fails."""

import sys
from http import HTTPStatus

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from django.views.decorators.cache import never_cache

RETRY_AFTER_SECONDS = 60


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
    """The page of a failure. One of the database passes: proxies and search engines are told to come again."""
    response = defaults.server_error(request)
    if isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
