"""What browsers and proxies may show without asking: nothing, but for what says otherwise itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Has whoever keeps an answer ask before showing it again, which a 304 answers: what was taken back is gone at once.

    Where nothing is said, a page that changed last a year ago may be shown unasked for weeks. Source: RFC 9111, 4.2.2.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answered
