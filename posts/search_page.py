"""The search page, and what its field suggests while a reader types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posts import counts, editions, introductions
from posts import search as index
from posts.models import Post, Tag
from posts.search import Found, Query, Scope
from posts.search.query import LONGEST

RESULTS_A_PAGE = 10
TAGS_OFFERED = 12
SUGGESTIONS, TAGS_SUGGESTED = 8, 3
SHORTEST_SUGGESTED = 2  # letters


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's address asks for."""

    text: str = ""
    scope: Scope = Scope()

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        """Of a tag or a year that is none, nothing stays."""
        text, slug, year = (request.GET.get(name, "").replace("\0", "") for name in ("q", "tag", "year"))
        tag = Tag.objects.filter(slug=slug).first() if slug else None
        scope = Scope(tag, int(year) if re.fullmatch(r"[1-9][0-9]{3}", year) else None, _edition())
        return cls(text[:LONGEST].strip(), scope)

    @property
    def query(self) -> Query:
        return Query.read(self.text)

    @property
    def fields(self) -> dict[str, str | int]:
        """The address's parameters, without those that are empty."""
        fields = {"q": self.text, "tag": self.scope.tag and self.scope.tag.slug, "year": self.scope.year}
        return {name: value for name, value in fields.items() if value}

    def url(self, page: int = 1) -> str:
        fields = self.fields | ({"page": page} if page > 1 else {})
        return f"{reverse('posts:search')}?{urlencode(fields)}"

    def narrowed(self, **scope: Any) -> "Asked":
        return replace(self, scope=replace(self.scope, **scope))


@dataclass(frozen=True, slots=True)
class Result:
    """A post that was found, with its title and a piece of its text in which what was looked for is marked."""

    post: Post
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the search, or where `is_chosen`, widens it again; `count` says to how many, if it is known."""

    name: str
    url: str
    count: int | None
    is_chosen: bool


def search(request: HttpRequest) -> HttpResponse:
    """What was found, a page at a time; without a query the field alone."""
    asked = Asked.read(request)
    document = Post.objects.introducing(f"{editions.prefix()}search/")
    heading = document.title if document else _("Search")
    context: dict[str, Any] = introductions.shown(None if asked.text else document, heading) | {
        "asked": asked,
        "page_title": f"{asked.text} · {heading}" if asked.text else heading,
        "canonical_url": "" if asked.text else settings.SITE_URL + reverse("posts:search"),
        "noindex": bool(asked.text),
    }
    found = index.find(asked.query, asked.scope)
    context |= _results(asked, found, request.GET.get("page", "")) if found.keys else _instead(asked)
    return render(request, "posts/search.html", context)


def suggestions(request: HttpRequest) -> JsonResponse:
    """Tags and titles that begin as what was typed does: `{"suggestions": [{"text": …, "url": …}]}`."""
    asked = Asked.read(request)
    suggested: list[dict[str, str]] = []
    if len(asked.text) >= SHORTEST_SUGGESTED:
        suggested = [{"text": tag.name, "url": tag.get_absolute_url()} for tag in _tags_beginning(asked.text)]
        entries = index.titles_beginning(asked.query, SUGGESTIONS - len(suggested), Scope(edition=_edition()))
        suggested += [{"text": entry.title, "url": entry.post.get_absolute_url()} for entry in entries]
    response = JsonResponse({"suggestions": suggested})
    response["X-Robots-Tag"] = "noindex"
    return response


def _edition() -> str:
    """The edition to search in; "" where the site has but one."""
    return editions.current() if len(counts.of_editions()) > 1 else ""


def _results(asked: Asked, found: Found, page: str) -> dict[str, Any]:
    shown = Paginator(found.keys, RESULTS_A_PAGE).get_page(page)
    entries = index.shown(list(shown.object_list))
    return {
        "found": found,
        "page": shown,
        "results": [
            Result(e.post, index.marked(e.title, asked.query), index.snippet(e.text, asked.query)) for e in entries
        ],
        "tags": list(_tags(asked, found)),
        "years": list(_years(asked, found)),
        "previous_url": asked.url(shown.number - 1) if shown.has_previous() else "",
        "next_url": asked.url(shown.number + 1) if shown.has_next() else "",
    }


def _instead(asked: Asked) -> dict[str, Any]:
    """What helps a reader on who asked for nothing, or found nothing."""
    everything = Scope(edition=_edition())
    respelled = Asked(index.respelled(asked.query, counts.words()) if asked.query else "", everything)
    return {
        "respelled": respelled if index.find(respelled.query, everything).keys else None,
        "wider": Asked(asked.text, everything) if asked.scope and index.find(asked.query, everything).keys else None,
        "popular": counts.most_used_tags(TAGS_OFFERED),
    }


def _tags(asked: Asked, found: Found) -> Iterator[Choice]:
    if tag := asked.scope.tag:
        yield Choice(tag.name, asked.narrowed(tag=None).url(), None, is_chosen=True)
        return
    for tag, count in index.tags_of(found, TAGS_OFFERED):
        yield Choice(tag.name, asked.narrowed(tag=tag).url(), count if found.is_all else None, is_chosen=False)


def _years(asked: Asked, found: Found) -> Iterator[Choice]:
    if year := asked.scope.year:
        yield Choice(str(year), asked.narrowed(year=None).url(), None, is_chosen=True)
        return
    for year, count in index.years_of(found):
        yield Choice(str(year), asked.narrowed(year=year).url(), count if found.is_all else None, is_chosen=False)


def _tags_beginning(text: str) -> list[Tag]:
    """The most used of the tags whose names begin so."""
    used = counts.by_tag()
    found = [tag for tag in Tag.objects.filter(name__istartswith=text) if tag.pk in used]
    return sorted(found, key=lambda tag: -used[tag.pk])[:TAGS_SUGGESTED]
