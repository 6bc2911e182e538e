"""Which language a page is in: readers' pages say it by their path, the admin by what the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers in the language of the path (`/vi/posts/`), else in the site's first; the admin in the reader's own."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            language = translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return answered
