"""The form while it is written: its page and its findings, worked out without writing anything."""

import re
from pathlib import PurePosixPath
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from posts import writing
from posts.document import Document
from posts.importing.places import located
from posts.models import Post, Revision
from posts.site import project
from tests.support.admin import ADD, change_url, filled, member, save, signed_in
from tests.support.writing import preview_url, write_post, write_posts

# What tells the lint that a text is English, with one mistake.
SLIP = "It doesnt work for all of the patients, and that is what we want to see in the end."

pytestmark = pytest.mark.django_db


def live_url(url: str, what: str) -> str:
    place = {"preview": "preview" if url == ADD else "live-preview"}.get(what, what)
    return f"{url.removesuffix('change/')}{place}/"


def sent(user: User, url: str, what: str = "preview", **changed: Any) -> Any:
    """What comes back while the form at this URL is written with these fields changed."""
    client = signed_in(user)
    return client.post(live_url(url, what), filled(client, url, **changed))


def test_the_preview_is_the_page_with_all_that_the_form_says(editor: User) -> None:
    post = write_post(tags=["AI"])
    cover = "https://res.cloudinary.com/demo/image/upload/v1/a.jpg"
    page = sent(
        editor,
        change_url(post),
        title="A new title",
        tags="Oncology",
        cover=cover,
        cover_alt="A vial",
        body="## Why\n\nSo.",
    ).content.decode()

    assert '<h1 class="p-name">A new title</h1>' in page
    assert 'id="why"' in page
    assert "A vial" in page
    assert "Oncology" in page
    assert "Not saved yet" in page


def test_a_new_post_is_previewed_before_it_has_a_title(editor: User) -> None:
    page = sent(editor, ADD, body="First words.").content.decode()

    assert "First words." in page
    assert "Untitled" in page


def test_what_is_saved_already_is_not_called_unsaved(editor: User) -> None:
    post = write_post()

    assert "Not saved yet" not in sent(editor, change_url(post)).content.decode()


def test_a_link_alone_is_called_private(editor: User, client: Client) -> None:
    post = write_post(draft=True)
    url = f"/admin/posts/post/{post.pk}/revisions/{post.latest_revision_id}/"
    own = [sent(editor, change_url(post)).content.decode(), signed_in(editor).get(url).content.decode()]
    shared = client.get(preview_url(post)).content.decode()

    assert ["as saved on" in page and "private address" not in page for page in own] == [True, True]
    assert "private address that search engines are kept from" in shared


def test_nothing_is_written(editor: User) -> None:
    post = write_post()
    sent(editor, change_url(post), title="Another")
    sent(editor, change_url(post), "findings", title="Another")
    sent(editor, ADD, title="New")

    assert Post.objects.get().title == "A title"
    assert Revision.objects.count() == 1


def test_the_preview_may_run_no_script_and_is_kept_nowhere(editor: User) -> None:
    response = sent(editor, ADD, title="A", body="<script>alert(1)</script>\n\nText")

    assert "sandbox" in response["Content-Security-Policy"].split("; ")
    assert "alert(1)" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_what_keeps_a_page_from_being_made_is_told_by_its_field(editor: User) -> None:
    response = sent(editor, ADD, title="A", date="no date")

    assert [problem["field"] for problem in response.json()["problems"]] == ["Date"]


def test_another_who_saved_meanwhile_does_not_stop_the_preview(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    data = filled(client, change_url(post), body="Mine.")
    save(signed_in(member("other", "Editors")), change_url(post), body="Theirs.")

    assert "Mine." in client.post(live_url(change_url(post), "preview"), data).content.decode()


@pytest.mark.parametrize("what", ["preview", "findings"])
def test_only_those_who_may_change_the_post_ask(editor: User, author: User, what: str) -> None:
    post = write_post()
    own = write_post("posts/own.md", draft=True)
    Post.objects.filter(pk=own.pk).update(owner=author)
    data = filled(signed_in(editor), change_url(post))

    assert signed_in(author).post(live_url(change_url(post), what), data).status_code == 404
    assert sent(author, change_url(own), what).status_code == 200
    assert sent(author, ADD, what, title="New").status_code == 200
    stranger = User.objects.create_user("stranger", is_staff=True)
    assert signed_in(stranger).post(live_url(ADD, what), data).status_code == 403
    assert signed_in(editor).get(live_url(ADD, what)).status_code == 405


@pytest.mark.parametrize("what", ["preview", "findings"])
def test_queries_do_not_grow_with_the_site(editor: User, what: str) -> None:
    post = write_post(tags=["AI"])
    client = signed_in(editor)
    data = filled(client, change_url(post), body="Other words.")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.post(live_url(change_url(post), what), data)
        return len(captured)

    queries()
    few = queries()
    write_posts(40, tags=["AI"])
    queries()
    assert queries() == few


def test_findings_name_their_place_in_the_body_as_typed(editor: User) -> None:
    post = write_post(body="One.\n")
    body = f"\n😀 {SLIP}\n\n![](scan.png)"
    answer = sent(editor, change_url(post), "findings", body=body).json()

    lost, alt = answer["findings"]
    assert (lost["code"], lost["fix"], lost["label"]) == ("MG1", "doesn’t", "Warning")
    assert lost["from"] == {"line": 1, "ch": 6}
    assert lost["to"] == {"line": 1, "ch": 12}
    assert (alt["code"], alt["from"]["line"]) == ("MG3", 3)
    assert answer["length"] == "20 words, 1 min read"


def test_of_very_many_findings_the_worst_come_and_all_are_counted(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"{SLIP}\n\n" * 1200
    assert (
        sent(editor, ADD, "findings", title="A", body=body[: len(body) // 4]).json()["told"].startswith("300 warnings")
    )
    monkeypatch.setattr("posts.admin.live.SHOWN", 3)
    answer = sent(editor, ADD, "findings", title="A", body=body).json()

    assert len(answer["findings"]) == 3
    assert {each["severity"] for each in answer["findings"]} == {"warning"}
    assert [each["from"]["line"] for each in answer["findings"]] == [0, 2, 4]
    assert re.fullmatch(r"1,200 warnings(, [\d,]+ hints)?\. The first 3 are shown\.", answer["told"])


def test_findings_in_the_front_matter_name_their_field(editor: User) -> None:
    post = write_post(tags=["AI"], cover={"image": "https://example.org/a.png"})
    answer = sent(editor, change_url(post), "findings", tags="Biomarker, Biomarkers").json()

    assert {(each["code"], each["field"], each["id"]) for each in answer["findings"]} == {
        ("MG6", "Tags", "id_tags"),
        ("MG3", "Cover alt", "id_cover_alt"),
    }


def test_a_broken_shortcode_is_a_finding(editor: User) -> None:
    answer = sent(editor, ADD, "findings", title="A", body="Text.\n\n{{< youtube >}}").json()

    assert [(each["code"], each["from"]["line"]) for each in answer["findings"]] == [("MG4", 2)]


def test_what_keeps_the_form_from_being_saved_comes_with_the_findings(editor: User) -> None:
    write_post("posts/taken.md")
    answer = sent(editor, ADD, "findings", title="Taken", body=SLIP).json()

    assert [problem["field"] for problem in answer["problems"]] == ["Slug"]
    assert [each["code"] for each in answer["findings"]] == ["MG1"]


def test_findings_come_where_a_field_cannot_be_read(editor: User) -> None:
    answer = sent(editor, ADD, "findings", title="A", date="no date", body=SLIP).json()

    assert [problem["field"] for problem in answer["problems"]] == ["Date"]
    assert [each["from"] for each in answer["findings"]] == [{"line": 0, "ch": 3}]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["", SLIP, f"😀 {SLIP}", "# A title", "![](x.png)"]), max_size=8))
def test_a_finding_marks_in_the_editor_what_it_marks_in_the_document(editor: User, typed: list[str]) -> None:
    document = Document.of("---\r\ntitle: A title\r\n---\r\n\r\n\r\nText.\r\n\r\n")
    source = located(PurePosixPath("posts/a.md"))
    kept = Post.objects.filter(source_path="posts/a.md").first()
    writing.write([writing.Change(project(document, source), kept)], origin=Revision.Origin.IMPORT)
    found = sent(editor, change_url(Post.objects.get()), "findings", body="\r\n".join(typed)).json()["findings"]

    for each in found:
        line = typed[each["from"]["line"]].encode("utf-16-le")
        marked = line[each["from"]["ch"] * 2 :].decode("utf-16-le")
        assert marked.startswith(
            {"MG1": "doesnt work", "MG2": "# A title", "MG3": "![](x.png)", "MG5": ""}[each["code"]]
        )
