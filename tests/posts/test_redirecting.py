"""Redirects that people write, in the admin and as CSV."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from posts import redirect_files, redirecting, tagging, writing
from posts.models import Post, Redirect, Tag
from posts.redirecting import Line, RedirectError
from tests.support.admin import member, signed_in
from tests.support.writing import LONG_AGO, rewrite_post, write_post

pytestmark = pytest.mark.django_db

REDIRECTS = "/admin/posts/redirect/"


def add(*pairs: tuple[str, str]) -> redirecting.Plan:
    """Plans these redirects together and writes what is sound."""
    return redirecting.apply([Line(number, old, new) for number, (old, new) in enumerate(pairs, 1)])


def messages(planned: redirecting.Plan) -> list[str]:
    return [outcome.message for outcome in planned.errors]


def targets() -> dict[str, str]:
    return {each.old_path: each.target for each in Redirect.objects.select_related("post", "tag")}


# What readers get


def test_readers_are_led_to_a_post_a_tag_a_path_and_another_site(client: Client) -> None:
    write_post(tags=["AI"])
    add(
        (" /a ", " /posts/a/ "),
        ("/b.html", "/tags/ai"),
        ("/c/", "/contact/"),
        ("/d/", "https://example.org/x?y=1#z"),
        ("/tags/gone/", "/posts/a/"),
    )

    assert client.get("/a/")["Location"] == client.get("/a")["Location"] == "/posts/a/"
    assert client.get("/b.html")["Location"] == "/tags/ai/"
    assert client.get("/c/")["Location"] == "/contact/"
    assert client.get("/tags/gone/")["Location"] == "/posts/a/"
    answer = client.get("/d/")
    assert (answer.status_code, answer["Location"]) == (301, "https://example.org/x?y=1#z")


def test_a_query_string_is_handed_on(client: Client) -> None:
    write_post()
    add(("/old/", "/posts/a/"), ("/ad/", "https://example.org/?a=1#part"))

    assert client.get("/old/?utm_source=x&b=%20")["Location"] == "/posts/a/?utm_source=x&b=%20"
    assert client.get("/ad/?b=2")["Location"] == "https://example.org/?a=1&b=2#part"


def test_a_letter_and_its_mark_are_one_character_of_a_redirect(client: Client) -> None:
    add(("/vie\u0301/", "/e\u0301tude/"))

    assert client.get("/vie\u0301/").headers["Location"] == client.get("/vi\xe9/").headers["Location"] == "/%C3%A9tude/"


def test_a_redirect_for_now_is_a_302(client: Client) -> None:
    redirecting.write(redirecting.plan([Line(1, "/old/", "/new/", "302")]))

    assert client.get("/old/").status_code == 302


def test_a_redirect_costs_readers_one_query_besides_those_of_a_missing_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_post()
    add(("/old/", "/posts/a/"), ("/away/", "https://example.org/"))
    client.get("/old/")
    client.get("/away/")
    for path in ("/old/", "/away/"):
        with django_assert_num_queries(3):  # is there a post, how does the site stand, is there a redirect
            client.get(path)


def test_a_redirect_to_a_page_of_the_sites_own_waits_for_no_document_that_introduces_it(client: Client) -> None:
    write_post(tags=["AI"], author="Mai")
    for file in ("tags/ai/_index.md", "authors/mai/_index.md", "contact.md"):
        write_post(file, draft=True)
    leading = {"/a/": "/tags/ai/", "/b/": "/authors/mai/", "/c/": "/contact/"}
    add(*leading.items())

    assert {old: client.get(old).headers.get("Location") for old in leading} == leading


def test_a_redirect_follows_its_post(client: Client) -> None:
    post = write_post()
    add(("/old/", "/posts/a/"))
    rewrite_post(post, slug="moved")

    assert client.get("/old/")["Location"] == "/posts/moved/"


def test_a_redirect_to_an_address_that_a_post_has_left_follows_the_post() -> None:
    post = rewrite_post(write_post(), slug="moved")
    add(("/old/", "/posts/a/"), ("/part/", "/posts/moved/#part"), ("/ad/", "/posts/moved/?a=1"))
    assert targets()["/old/"] == "/posts/moved/"
    assert (targets()["/part/"], targets()["/ad/"]) == ("/posts/moved/#part", "/posts/moved/?a=1")
    Redirect.objects.filter(post=None).delete()
    rewrite_post(post, slug="gone-on")

    assert set(targets().values()) == {"/posts/gone-on/"}


def test_a_redirect_to_an_address_that_a_tag_has_left_follows_the_tag() -> None:
    write_post(tags=["AI"])
    writing.rename(Tag.objects.get(), "Intelligence")
    add(("/old/", "/tags/ai/"))

    assert Redirect.objects.get(old_path="/old/").tag == Tag.objects.get()


def test_a_path_that_looks_like_a_files_is_that_of_the_post_which_ends_with_a_slash() -> None:
    write_post("posts/v1.2.md", title="Release")
    planned = add(("/posts/v1.2", "/x/"), ("/old/", "/posts/v1.2"))

    assert "Release" in messages(planned)[0]
    assert Redirect.objects.get().post == Post.objects.get()


def test_a_path_that_a_post_takes_and_leaves_is_still_one_hop(client: Client) -> None:
    add(("/old/", "/posts/a/"))
    post = write_post()
    rewrite_post(post, slug="moved")

    assert targets() == {"/old/": "/posts/moved/", "/posts/a/": "/posts/moved/"}


def test_a_path_that_a_tag_takes_and_leaves_is_still_one_hop() -> None:
    add(("/old/", "/tags/ai/"), ("/older/", "/tags/ml/"))
    write_post(tags=["AI", "ML"])
    writing.rename(Tag.objects.get(name="AI"), "Intelligence")
    tagging.merge(list(Tag.objects.all()), Tag.objects.get(name="Intelligence"))

    assert targets() == dict.fromkeys(["/old/", "/older/", "/tags/ai/", "/tags/ml/"], "/tags/intelligence/")


def test_what_an_editor_may_redirect_does_not_depend_on_their_language() -> None:
    with translation.override("vi"):
        planned = add(("/tags/gone/", "/x/"), ("/search/", "/x/"), ("/archives/", "/x/"))

    assert [each.old_path for each in planned.errors] == ["/search/", "/archives/"]


# What is refused


def test_a_loop_is_an_error_that_names_all_of_it() -> None:
    add(("/b/", "/c/"))
    planned = add(("/c/", "/a/"), ("/a/", "/b/"))

    assert messages(planned) == [
        "This is a loop: /c/ → /a/ → /b/ → /c/.",
        "This is a loop: /a/ → /b/ → /c/ → /a/.",
    ]
    assert messages(add(("/x/", "/x"))) == ["This is a loop: /x/ → /x/."]
    assert targets() == {"/b/": "/c/"}


def test_chains_become_one_hop_in_whatever_order_they_are_written() -> None:
    write_post()
    add(("/b/", "/c/"))
    add(("/a/", "/b/"), ("/c/", "/d/"), ("/d/", "/posts/a/"))

    assert targets() == dict.fromkeys(["/a/", "/b/", "/c/", "/d/"], "/posts/a/")
    assert not Redirect.objects.filter(post=None).exists()


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/posts/a/", "A title"),
        ("/posts/a", "A title"),
        ("/posts/draft/", "Not yet"),
        ("/posts/", "posts"),
        ("/tags/ai/", "AI"),
        ("/authors/mai/", "Mai"),
        ("/search/", "itself"),
        ("/vi/search/", "itself"),
        ("/", "itself"),
        ("/admin/posts/", "itself"),
        ("/tags/gone/index.xml", "itself"),
        ("/anything/page/2/", "itself"),
    ],
)
def test_a_path_at_which_a_page_stands_is_an_error_that_names_it(path: str, named: str) -> None:
    write_post(tags=["AI"], author="Mai")
    write_post("posts/draft.md", title="Not yet", draft=True)
    planned = add((path, "/elsewhere/"))

    assert named in messages(planned)[0]
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old", "/new/"),
        ("//evil.example/", "/new/"),
        ("/old/?a=1", "/new/"),
        ("/old/#part", "/new/"),
        ("/old\n/", "/new/"),
        ("/%00/", "/new/"),
        ("/%ff/", "/new/"),
        ("/" + "x" * 501, "/new/"),
        ("=cmd|' /C calc'!A0", "/new/"),
        ("", ""),
        ("/old/", ""),
        ("/old/", "new"),
        ("/old/", "//evil.example/"),
        ("/old/", "/\\evil.example/"),
        ("/old/", "/%5Cevil.example/"),
        ("/old/", "javascript:alert(1)"),
        ("/old/", "ftp://example.org/"),
        ("/old/", "https://"),
        ("/old/", "https://[/"),
        ("/old/", "https://example.org/" + "x" * 500),
    ],
)
def test_what_is_no_path_and_no_address_is_an_error(old: str, new: str) -> None:
    assert len(messages(add((old, new)))) == 1


def test_an_address_of_this_site_is_its_path(settings: object) -> None:
    settings.SITE_URL = "https://pharma.example"  # type: ignore[attr-defined]
    write_post()
    add(("https://pharma.example/old/", "https://pharma.example/posts/a/"))

    assert Redirect.objects.get().post == Post.objects.get()


def test_the_database_keeps_a_redirect_to_exactly_one_target() -> None:
    post = write_post(tags=["AI"])
    with pytest.raises(IntegrityError):
        Redirect.objects.create(old_path="/old/", post=post, tag=Tag.objects.get(), target_path="/x/")


# CSV


def planned(text: str | bytes) -> redirecting.Plan:
    return redirecting.plan(redirect_files.read(text if isinstance(text, bytes) else text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "old,new,kind\n/a/,/x/,301\n/b/,/y/,302\n",
        "\ufeffOld;New;Kind\r\n/a/;/x/;301\r\n/b/;/y/;302\r\n",
        '"/a/","/x/"\r\n\r\n"/b/","/y/","302"',
        "source\ttarget\tcode\n/a/\t/x/\t\n/b/\t/y/\t302\n",
        "/a/ , /x/\n/b/, /y/ ,302",
    ],
)
def test_spreadsheets_of_every_kind_are_read(text: str) -> None:
    outcomes = planned(text).outcomes

    assert [(each.old_path, each.target, int(each.kind)) for each in outcomes] == [
        ("/a/", "/x/", 301),
        ("/b/", "/y/", 302),
    ]


def test_a_plan_tells_created_changed_unchanged_and_errors_with_their_lines() -> None:
    add(("/same/", "/x/"), ("/other/", "/x/"))
    plan = planned('old,new\n/same/,/x/\n/other/,/y/\n\n/new/,/z/\n"/a\nb/",/x/\n/new/,/w/\n/k/,/x/,307\n')

    found = [(each.line.number, each.status.value) for each in plan.outcomes]
    assert found == [
        (2, "unchanged"),
        (3, "changed"),
        (5, "created"),
        (6, "error"),
        (8, "error"),
        (9, "error"),
    ]
    assert messages(plan)[1] == "Line 5 has this old path already."
    assert plan.counts == {"created": 1, "changed": 1, "unchanged": 1, "error": 3}
    assert targets() == {"/same/": "/x/", "/other/": "/x/"}


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe/\x00a\x00",
        b"/a/,/b/\n" * (redirect_files.MAX_LINES + 1),
        b"x" * (redirect_files.MAX_BYTES + 1),
        b'"' + b"x" * 200_000 + b'"',
    ],
    ids=["UTF-16", "lines", "bytes", "cell"],
)
def test_a_file_that_cannot_be_taken_says_why(data: bytes) -> None:
    with pytest.raises(RedirectError):
        redirect_files.read(data)


def test_many_lines_cost_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    write_post()
    text = "".join(f"/old-{n}/,/posts/a/\n" for n in range(2000))
    with django_assert_max_num_queries(10):
        plan = planned(text)

    assert plan.counts["created"] == 2000
    redirecting.write(plan)
    assert Redirect.objects.count() == 2000
    assert Entry.objects.filter(action="redirects.imported").count() == 1


def test_what_was_exported_is_unchanged_when_it_is_imported() -> None:
    write_post(tags=["R&D"])
    add(("/đường/%2C/", "/tags/rd/"), ("/a b/", "/posts/a/"), ("/c/", 'https://example.org/?q="a",b'))
    exported = redirect_files.as_csv(Redirect.objects.select_related("post", "tag"))
    plan = planned(exported)

    assert plan.counts == {"created": 0, "changed": 0, "unchanged": 3, "error": 0}
    cells = [cell for line in exported.splitlines()[1:] for cell in line.split(",")]
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@", "\t", "'")) for cell in cells)


class Hostile(TestCase):
    """Whatever a file holds, it is read or refused in words, and what is written can be written."""

    @given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
    def test_no_file_brings_it_down(self, data: bytes) -> None:
        with suppress(RedirectError):
            redirecting.write(planned(data))

        assert all(each.old_path.startswith("/") for each in Redirect.objects.all())

    @given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcdef")), max_size=8))
    def test_every_redirect_ends_where_no_other_begins(self, pairs: list[tuple[str, str]]) -> None:
        for old, new in pairs:
            add((f"/{old}/", f"/{new}/"))

        assert not targets().keys() & set(targets().values())


# In the admin


def test_an_editor_writes_changes_and_deletes_a_redirect(editor: User, client: Client) -> None:
    write_post()
    add(("/other/", "/x/"))
    Entry.objects.all().delete()
    desk, others = signed_in(editor), Redirect.objects.exclude(old_path="/other/")
    desk.post(f"{REDIRECTS}add/", {"old": "/old/", "new": "/posts/a/", "kind": "301"})
    redirect = others.get()
    assert (redirect.target, redirect.origin) == ("/posts/a/", Redirect.Origin.WRITTEN)

    desk.post(f"{REDIRECTS}{redirect.pk}/change/", {"old": "/older/", "new": "/contact/", "kind": "302"})
    redirect = others.get()
    assert (redirect.old_path, redirect.target, redirect.kind) == ("/older/", "/contact/", 302)
    desk.post(f"{REDIRECTS}{redirect.pk}/change/", {"old": "/older/", "new": "/posts/a/", "kind": "302"})
    assert (others.get().pk, others.get().target) == (redirect.pk, "/posts/a/")

    desk.post(f"{REDIRECTS}{redirect.pk}/delete/", {"post": "yes"})
    assert targets() == {"/other/": "/x/"}
    actions = Entry.objects.filter(subject__startswith="posts.redirect").order_by("number")
    assert [(each.action, each.actor_name) for each in actions] == [
        ("redirect.created", "editor"),
        ("redirect.changed", "editor"),
        ("redirect.changed", "editor"),
        ("redirect.deleted", "editor"),
    ]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(editor: User) -> None:
    write_post()
    add(("/taken/", "/x/"))
    desk = signed_in(editor)
    for old, said in [("/posts/a/", "A page stands at this path: A title."), ("/taken/", "There is a redirect")]:
        response = desk.post(f"{REDIRECTS}add/", {"old": old, "new": "/y/", "kind": "301"})
        page = response.content.decode()
        assert said in page
        assert f'value="{old}"' in page
        assert list(response.context["adminform"].form.errors) == ["old"]


@pytest.mark.parametrize(
    ("old", "new", "field"), [("", "/y/", "old"), ("no path", "/y/", "old"), ("/x/", "/x/", "new")]
)
def test_the_form_says_it_at_the_field(editor: User, old: str, new: str, field: str) -> None:
    response = signed_in(editor).post(f"{REDIRECTS}add/", {"old": old, "new": new, "kind": "301"})

    assert list(response.context["adminform"].form.errors) == [field]


def test_a_documents_alias_is_changed_in_the_document(editor: User) -> None:
    write_post(aliases=["/alias/"])
    alias = Redirect.objects.get()
    desk = signed_in(editor)
    assert desk.get(f"{REDIRECTS}{alias.pk}/change/").status_code == 200
    desk.post(f"{REDIRECTS}{alias.pk}/change/", {"old": "/x/", "new": "/y/", "kind": "301"})
    desk.post(REDIRECTS, {"action": "delete_chosen", "_selected_action": [alias.pk]})

    assert Redirect.objects.get() == alias


def test_redirects_are_found_by_path_post_and_tag(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_post(title="Dosing", tags=["AI"])
    add(("/one/", "/posts/a/"), ("/two/", "/tags/ai/"), ("/three/", "https://example.org/"))
    desk = signed_in(editor)
    for query, path in [("dosing", "/one/"), ("ai", "/two/"), ("example.org", "/three/")]:
        with django_assert_max_num_queries(12):
            page = desk.get(REDIRECTS, {"q": query})
        assert path in [each.old_path for each in page.context["cl"].result_list]


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("redirects.csv", text.encode())


def test_a_file_is_shown_first_then_imported(editor: User) -> None:
    desk = signed_in(editor)
    page = desk.post(f"{REDIRECTS}import/", {"upload": upload("/a/,/b/\n/c/,d\n")})
    assert "1 created, 0 changed, 0 unchanged, 1 with errors." in page.content.decode()
    assert not Redirect.objects.exists()

    desk.post(f"{REDIRECTS}import/", {"token": page.context["token"]})
    assert targets() == {"/a/": "/b/"}
    assert Entry.objects.get(action="redirect.created").actor_name == "editor"
    again = desk.post(f"{REDIRECTS}import/", {"token": page.context["token"]}).content.decode()
    assert "The plan is no longer kept." in again


def test_redirects_are_planned_once_nobody_else_can_write(editor: User) -> None:
    """Of two people at once, one who leads /a/ to /b/ and one who leads /b/ to /a/, the second learns of the loop."""

    def first(table: str, queries: CaptureQueriesContext) -> int:
        return next(n for n, query in enumerate(queries.captured_queries) if f'FROM "{table}"' in query["sql"])

    client = signed_in(editor)
    with CaptureQueriesContext(connection) as applied:
        redirecting.apply([Line(1, "/a/", "/b/")], by=editor)
    with CaptureQueriesContext(connection) as saved:
        client.post(f"{REDIRECTS}add/", {"old": "/c/", "new": "/d/", "kind": "301"})

    assert set(targets()) == {"/a/", "/c/"}
    for queries in (applied, saved):
        assert first("posts_sitestate", queries) < first("posts_redirect", queries)


def test_nobody_applies_anothers_plan(editor: User) -> None:
    token = signed_in(editor).post(f"{REDIRECTS}import/", {"upload": upload("/a/,/b/\n")}).context["token"]
    signed_in(member("eve", "Editors")).post(f"{REDIRECTS}import/", {"token": token})

    assert not Redirect.objects.exists()


def test_the_export_is_a_file_and_leaves_a_trace(editor: User) -> None:
    add(("/a/", "/b/"))
    answer = signed_in(editor).get(f"{REDIRECTS}export/")

    assert answer["Content-Disposition"].startswith('attachment; filename="redirects-')
    assert answer.content.decode() == "\ufeffold,new,kind\r\n/a/,/b/,301\r\n"
    assert Entry.objects.filter(action="redirects.exported", actor_name="editor").exists()


# As commands


def test_commands_import_all_or_nothing_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "redirects.csv"
    file.write_text("/a/,/b/\n/c/,d\n")
    with pytest.raises(CommandError):
        call_command("import_redirects", str(file))
    assert f"{file}:2: " in capsys.readouterr().out
    assert not Redirect.objects.exists()

    file.write_text("/a/,/b/\n")
    call_command("import_redirects", str(file), dry_run=True)
    assert not Redirect.objects.exists()
    call_command("import_redirects", str(file))
    capsys.readouterr()
    call_command("export_redirects")
    assert "/a/,/b/,301" in capsys.readouterr().out


def test_a_future_post_is_no_place_to_send_readers_to(client: Client) -> None:
    write_post(date=LONG_AGO.replace(year=2999))
    add(("/old/", "/posts/a/"))

    assert client.get("/old/").status_code == 404
