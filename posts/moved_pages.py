"""Where a page has gone that is not at an address: redirects, and the other names of its file on a static host."""

from unicodedata import normalize

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from posts import counts, editions
from posts.models import Post, Redirect, quoted


def elsewhere(request: HttpRequest, path: str, *others: str) -> HttpResponse:
    """A redirect to where the page of this path has gone, in one hop, with the query string kept. Raises `Http404`.

    `others` are paths whose redirects hold here too, as those of tags hold in every edition.
    """
    composed = normalize("NFC", path)
    whole = composed.removesuffix("index.html") if path.endswith("/index.html") else f"{composed.rstrip('/')}/"
    if answer := moved(request, composed, whole, *others):
        return answer
    if found := next(filter(_stands_at, _other_names(path)), None):
        return redirect(_asking(quoted(found), request), permanent=True)
    raise Http404


def moved(request: HttpRequest, *paths: str) -> HttpResponse | None:
    """The answer of a redirect that somebody or a move made for one of these paths; None if its target is not live."""
    found = Redirect.objects.filter(old_path__in=paths).select_related("post", "tag").first()
    if not found or not found.is_open:
        return None
    return redirect(_asking(found.target, request), permanent=found.kind == Redirect.Kind.PERMANENT)


def _other_names(path: str) -> list[str]:
    """Other addresses of the file that a static host has at this one: `/a`, `/a/index.html` and `/a.html` of `/a/`.

    Ours have each letter with its marks in one character.
    """
    composed = normalize("NFC", path)
    if composed.endswith("/index.html"):
        return [composed.removesuffix("index.html")]
    stem = composed.removesuffix(".html")
    names = [composed] if composed.endswith("/") else [composed, f"{stem}/", stem]
    return [name for name in names if name != path]


def _asking(url: str, request: HttpRequest) -> str:
    """The URL with the query string of the request behind its own."""
    place, mark, fragment = url.partition("#")
    if query := request.META.get("QUERY_STRING", ""):
        place += ("&" if "?" in place else "?") + query
    return place + mark + fragment


def _stands_at(path: str) -> bool:
    """Whether a page, a section or one of the site's own pages answers at this path."""
    own = resolve(path).view_name != "posts:page"
    return (
        own
        or Post.objects.live().filter(path=path).exists()
        or path.removeprefix(editions.prefix()).strip("/") in counts.by_section()
    )
