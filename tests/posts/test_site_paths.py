"""The site's own paths."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from posts.site_paths import PAGES_WITH_INTRODUCTION, is_of_a_term, is_reserved

pytestmark = pytest.mark.pure

SAMPLES = {
    "<pagepath:path>/": "news/",
    "<pagepath:path>": "x.jpg",
    "<int:number>": "2",
    "<month:month>": "2024/06",
    "<tagslug:slug>": "ai",
    "<path:path>": "a.pdf",
    "<str:token>": "abc",
    "<str:digest>": "abc",
}


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from [route] if route == "/admin/" else routes(pattern, route)
        elif isinstance(pattern, URLPattern) and pattern.name != "page":
            yield route


def sample(route: str) -> str:
    for placeholder, value in SAMPLES.items():
        route = route.replace(placeholder, value)
    return route


def test_every_route_but_the_posts_own_is_reserved() -> None:
    paths = {sample(route) for route in routes(get_resolver())}

    assert len(paths) > 12
    shared = {"/authors/", "/series/", "/series/ai/"}  # a section may be called so: what posts make there comes first
    assert {path for path in paths if not is_reserved(path)} <= PAGES_WITH_INTRODUCTION | shared


@pytest.mark.parametrize(
    "path",
    [
        settings.STATIC_URL,
        f"{settings.MEDIA_URL}files/a.pdf",
        "/admin",
        "/tags/c#/",
        "/healthz/",
        "/page/2/",
        "/archives/2013/06",
    ],
)
def test_what_others_serve_is_reserved_too(path: str) -> None:
    assert is_reserved(path)


@pytest.mark.parametrize("path", ["/tags/ai/", "/tags/ai/ml/", "/authors/jane/", "/vi/tags/ai/", "/vi/authors/jane/"])
def test_only_what_introduces_it_stands_at_a_tags_or_an_authors_page(path: str) -> None:
    assert is_of_a_term(path)
    assert is_reserved(path)
    assert not is_reserved(path, for_introduction=True)


@pytest.mark.parametrize("path", ["/tags/ai/page/2/", "/authors/jane/index.xml", "/admin/", "/tags/ai/index.md"])
def test_nothing_introduces_other_pages_of_the_sites_own(path: str) -> None:
    assert is_reserved(path, for_introduction=True)


@pytest.mark.parametrize(
    "path",
    [
        *("/posts/a/", "/administration/", "/tagsoup/", "/page/two/", "/posts/index.xml.html", "/a/page/"),
        # WordPress numbers its posts so, and a company's contact page has others below it.
        *("/archives/4326", "/archives/2013/", "/archives/2013/06/x/", "/search/tips/", "/contact/offices/"),
        *("/media/", "/media/press/"),
    ],
)
def test_other_paths_are_free(path: str) -> None:
    assert not is_reserved(path)
