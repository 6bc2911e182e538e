"""Who is let into the admin's pages: each address that there is, asked by people who may nothing there."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone as clock

from accounts.models import User
from posts import previewing
from posts.models import Author, Post, Tag
from tests.support.admin import member, signed_in
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db

OUTSIDE = {
    *("admin:login", "admin:logout", "sign_in_code", "sign_out", "invitation"),
    *("admin_password_reset", "password_reset_done", "password_reset_confirm"),
}
OWN = {
    *("admin:index", "admin:find", "admin:jsi18n"),
    *("admin:password_change", "admin:password_change_done", "account", "signed_in"),
    *("session_end", "session_end_others", "two_factor_set_up", "two_factor_off", "two_factor_codes"),
}
SAMPLES = {"uuid:": "12345678-1234-5678-1234-567812345678", "slug:": "tag"}


def patterns(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """The route and the name of each pattern."""
    for each in resolver.url_patterns:
        below = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield below, f"{space}{each.name}"
        else:
            yield from patterns(each, below, f"{each.namespace}:" if each.namespace else space)


def addresses(*but: str, key: int) -> Iterator[str]:
    """An address of each of the admin's pages, with this key wherever one is named."""
    for route, name in patterns(get_resolver()):
        if route.startswith("admin/") and "(?P" not in route and name not in but:
            yield "/" + re.sub(r"<(\w+:)?\w+>", lambda found: SAMPLES.get(found[1], str(key)), route)


def test_who_works_here_and_may_nothing_sees_nothing() -> None:
    """An address of the admin that is new is refused by this test until its view asks for a permission."""
    post = write_post()
    client = signed_in(User.objects.create_user("newcomer", is_staff=True))

    assert opened(client, addresses(*OUTSIDE, *OWN, key=post.pk)) == []
    assert client.get("/admin/account/").status_code == HTTPStatus.OK  # signed in to the end


def test_who_is_not_signed_in_is_asked_to_at_every_address(client: Client) -> None:
    post = write_post()

    for path in addresses(*OUTSIDE, key=post.pk):
        for answer in (client.get(path), client.post(path)):
            assert answer.headers.get("Location", "").startswith("/admin/login/?next="), path


@pytest.mark.parametrize("draft", [True, False])
def test_an_author_opens_nothing_of_anothers_post(*, draft: bool) -> None:
    post = write_post(by=member("owner", "Editors"), draft=draft)
    of_the_post = [path for path in addresses(key=post.pk) if path.startswith(f"/admin/posts/post/{post.pk}/")]

    assert len(of_the_post) > 15
    assert opened(signed_in(member("author", "Authors")), of_the_post) == []
    assert Post.objects.get().latest_revision_id == post.latest_revision_id


def test_nobody_is_told_the_address_of_a_row_by_its_number() -> None:
    """A preview link's address lets anybody in who knows it, and that of a draft says what is to come."""
    owner = member("owner", "Editors")
    post = write_post(by=owner, draft=True)
    link = previewing.share(post, expires_at=clock.now() + timedelta(days=1), by=owner)
    client = signed_in(member("author", "Authors"))

    for row in (link, post):
        kind = ContentType.objects.get_for_model(row).pk
        assert client.get(f"/admin/r/{kind}/{row.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_the_pages_of_a_tag_and_an_author_lead_to_what_readers_see() -> None:
    write_post(tags=["AI"], authors=["Ann"])
    author = Author.objects.create(name="Ann", slug="ann")
    client = signed_in(member("editor", "Editors"))

    for place, page in ((f"tag/{Tag.objects.get().pk}", "/tags/ai/"), (f"author/{author.pk}", "/authors/ann/")):
        assert f'href="{page}"' in client.get(f"/admin/posts/{place}/change/").content.decode()


def opened(client: Client, paths: Iterable[str]) -> list[tuple[str, int]]:
    """Those that are shown or done something at, with the status; the admin's other pages ask on their own."""
    answers = ((path, answer) for path in paths for answer in (client.get(path), client.post(path)))
    return [
        (path, answer.status_code)
        for path, answer in answers
        if answer.status_code < HTTPStatus.BAD_REQUEST
        and not (answer.headers.get("Location", "").startswith("/admin/") and answer.headers["Location"] != path)
    ]
