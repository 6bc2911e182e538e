"""Nothing becomes public that a check stops, whichever way it comes: the form, a restore, an import, a command."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from audit.models import Entry
from posts import checks, rendering, writing
from posts.checklist import Checklist
from posts.checks import Answer, Candidate, Check, Verdict
from posts.models import AuthoredPost, Post, Revision, SearchEntry, SiteState, TaggedPost
from posts.publication import Window
from tests.support.admin import ADD, change_url, filled, member, publish_anyway, save, send, signed_in
from tests.support.checks import ENDS
from tests.support.commands import import_markdown
from tests.support.pages import Page
from tests.support.writing import LONG_AGO, projected, rewrite_post, stored, write_post

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
Status = Post.Status
WELL = {"description": "What two years of adherence programmes taught us about patients. " * 2, "tags": "AI"}
ASKS = ["There is no cover.", "There is no description.", "There are no tags."]
DEFAULTS = ["posts.checks.defaults.CHECKS"]
APPROVAL = "tests.support.checks.approval"
UNTIL = "tests.support.checks.until"


@pytest.fixture
def approvals(settings: Settings) -> None:
    """Nothing is public that does not say that it is approved."""
    settings.PUBLICATION_CHECKS = [APPROVAL]


# What the setting names


@pytest.mark.parametrize("name", ["nowhere", "posts.checks.defaults.NOTHING", "posts.writing.BATCH"])
def test_a_setting_that_names_no_check_says_so(settings: Settings, name: str) -> None:
    settings.PUBLICATION_CHECKS = [name]

    with pytest.raises(ImproperlyConfigured, match="PUBLICATION_CHECKS: "):
        checks.installed()


@pytest.mark.pure
def test_a_variable_that_names_no_check_stops_the_start(tmp_path: Path) -> None:
    environment = os.environ | {"PUBLICATION_CHECKS": "acme.checks"}
    environment |= {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    command = [sys.executable, "manage.py", "check"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert told.stderr.startswith("PUBLICATION_CHECKS: acme.checks cannot be imported")
    assert len(told.stderr.splitlines()) == 1


def test_a_check_that_answers_for_too_few_documents_is_a_fault(settings: Settings, monkeypatch: Any) -> None:
    silent = Check("silent", "Silent", lambda candidates: [])
    monkeypatch.setattr("tests.support.checks.until", silent)
    settings.PUBLICATION_CHECKS = [UNTIL, APPROVAL]

    with pytest.raises(ValueError, match="silent gave 0 answers for 1 documents"):
        checks.verdicts([Candidate(projected(), None, LONG_AGO)], by_a_person=False)


@pytest.mark.parametrize(
    ("limits", "window"),
    [
        ((), Window(LONG_AGO, ENDS)),
        ((("A", ENDS + timedelta(days=1)),), Window(LONG_AGO, ENDS)),
        ((("A", ENDS), ("B", LONG_AGO + timedelta(days=1))), Window(LONG_AGO, LONG_AGO + timedelta(days=1))),
        ((("A", LONG_AGO),), Window(None, None)),
    ],
)
def test_the_earliest_end_counts(limits: tuple[tuple[str, datetime], ...], window: Window) -> None:
    assert Verdict(limits=limits).narrowed(Window(LONG_AGO, ENDS)) == window


# Whoever writes


@pytest.mark.usefixtures("approvals")
@pytest.mark.parametrize("origin", list(Revision.Origin))
def test_what_is_stopped_is_stored_with_the_reason_and_nobody_sees_it(client: Client, origin: Revision.Origin) -> None:
    made = projected(tags=["AI"], author="Mai")
    held = writing.write([writing.Change(made)], origin=origin)

    post = stored()
    assert held == {"posts/a.md": ["Nobody has approved it."]} == {post.source_path: post.held}
    assert (post.status(), post.draft) == (Status.HELD, False)
    assert client.get(post.path).status_code == 404
    rows = (TaggedPost.objects.get(), AuthoredPost.objects.get())
    assert [row.public_from for row in rows] == [None, None]
    assert not SearchEntry.objects.live().exists()


@pytest.mark.usefixtures("approvals")
def test_what_is_mended_becomes_public() -> None:
    post = rewrite_post(write_post(), body="It is approved.\n")

    assert (post.status(), post.held) == (Status.LIVE, [])


@pytest.mark.usefixtures("approvals")
def test_a_draft_is_not_asked_about() -> None:
    post = write_post(draft=True)

    assert (post.status(), post.held) == (Status.DRAFT, [])


def test_permission_that_ends_ends_the_post_to_the_second(settings: Settings) -> None:
    settings.PUBLICATION_CHECKS = [UNTIL]
    post = write_post(tags=["AI"])

    assert post.held == ["Approved: only until 2999-01-01 12:30:15 UTC."]
    assert TaggedPost.objects.get().public_until == post.public_until == ENDS
    second, state = timedelta(seconds=1), SiteState.current()
    assert state.version(clock.now()) == state.version(ENDS - second) != state.version(ENDS)
    assert [post.status(at) for at in (ENDS - second, ENDS)] == [Status.LIVE, Status.EXPIRED]
    assert [Post.objects.live(at).count() for at in (ENDS - second, ENDS)] == [1, 0]


def test_an_expiry_that_comes_first_stays_and_nothing_is_told(settings: Settings) -> None:
    settings.PUBLICATION_CHECKS = [UNTIL]
    post = write_post(expiryDate=ENDS - timedelta(days=1))

    assert (post.public_until, post.held) == (ENDS - timedelta(days=1), [])


@pytest.mark.parametrize("status", list(Status))
def test_the_lists_filter_and_the_post_agree_on_its_status(settings: Settings, status: Post.Status) -> None:
    write_post("posts/live.md")
    write_post("posts/draft.md", draft=True)
    write_post("posts/scheduled.md", date=ENDS)
    write_post("posts/expired.md", expiryDate=LONG_AGO + timedelta(days=1))
    write_post("posts/never.md", expiryDate=LONG_AGO)
    settings.PUBLICATION_CHECKS = [APPROVAL]
    write_post("posts/held.md")

    by_filter = set(Post.objects.in_status(status).values_list("path", flat=True))
    assert by_filter == {post.path for post in Post.objects.all() if post.status() == status} != set()


# Whoever learns of something


def test_reschedule_follows_what_a_check_says_now(settings: Settings, client: Client) -> None:
    post = write_post(tags=["AI"], author="Mai", body="Penguins.\n")
    generation = SiteState.current().generation
    settings.PUBLICATION_CHECKS = [APPROVAL]
    writing.reschedule([post])

    assert (stored().status(), client.get(post.path).status_code) == (Status.HELD, 404)
    assert (TaggedPost.objects.get().public_from, AuthoredPost.objects.get().public_from) == (None, None)
    assert not SearchEntry.objects.live().exists()
    assert SiteState.current().generation > generation
    assert Entry.objects.filter(action="post.rescheduled").get().after["held"] == ["Nobody has approved it."]

    settings.PUBLICATION_CHECKS = []
    writing.reschedule([post])
    assert (stored().status(), stored().held, client.get(post.path).status_code) == (Status.LIVE, [], 200)
    assert (TaggedPost.objects.get().public_from, AuthoredPost.objects.get().public_from) == (LONG_AGO, LONG_AGO)
    assert SearchEntry.objects.live().exists()
    assert stored().revisions.count() == 1


@pytest.mark.parametrize("again", ["reschedule", "rerender"])
def test_what_the_checks_now_stop_is_recorded_at_the_end_so_that_nobody_waits_to_sign_in(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    posts = [write_post(f"posts/{name}.md") for name in "ab"]
    settings.PUBLICATION_CHECKS = [APPROVAL]
    monkeypatch.setattr(writing, "BATCH", 1)
    with CaptureQueriesContext(connection) as asked:
        if again == "rerender":
            writing.rerender(writing.projected([post.pk for post in posts]))
        else:
            writing.reschedule(posts)

    said = [each["sql"] for each in asked]
    recorded = [n for n, sql in enumerate(said) if sql.startswith('INSERT INTO "audit_entry"')]
    assert recorded > [n for n, sql in enumerate(said) if sql.startswith('UPDATE "posts_post"')][-1:]
    assert (len(recorded), Entry.objects.filter(action="post.rescheduled").count()) == (1, 2)


def test_reschedule_of_many_costs_as_much_as_of_two(
    settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        write_post(f"posts/{n}.md", tags=["AI"], author="Mai")
    queries = []
    for count in (2, 10):
        settings.PUBLICATION_CHECKS = [APPROVAL]
        with django_assert_max_num_queries(20) as asked:
            writing.reschedule(Post.objects.filter(held=[])[:count])
        queries.append(len(asked))
    assert queries[0] == queries[1]


def test_rerender_asks_anew(settings: Settings) -> None:
    write_post()
    Post.objects.update(renderer_version=rendering.VERSION - 1)
    settings.PUBLICATION_CHECKS = [APPROVAL]
    call_command("rerender", verbosity=0)

    assert stored().status() == Status.HELD


# An import


def site(folder: Path, *, text: str = "---\ntitle: A\ndate: 2024-06-13\n---\n\nText.\n") -> Path:
    file = folder / "content" / "posts" / "a.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return folder


@pytest.mark.usefixtures("approvals")
def test_an_import_stores_what_is_stopped_and_reports_it(tmp_path: Path) -> None:
    code, report = import_markdown(site(tmp_path))

    assert code == 0
    assert "content/posts/a.md:1:1: MG111 stored, but checks keep it from readers: Nobody has approved it." in report
    assert (stored().status(), stored().held) == (Status.HELD, ["Nobody has approved it."])


@pytest.mark.usefixtures("approvals")
def test_the_file_of_what_is_stopped_is_exported_as_it_was(tmp_path: Path) -> None:
    import_markdown(site(tmp_path / "in"))
    call_command("export_markdown", str(tmp_path / "out"), verbosity=0)

    exported = next((tmp_path / "out").rglob("a.md"))
    assert exported.read_bytes() == (tmp_path / "in" / "content" / "posts" / "a.md").read_bytes()


@pytest.mark.usefixtures("approvals")
def test_a_dry_run_reports_what_would_be_stopped(tmp_path: Path) -> None:
    _, report = import_markdown(site(tmp_path), dry_run=True)

    assert "MG111" in report
    assert not Post.objects.exists()


@pytest.mark.usefixtures("approvals")
def test_a_file_that_is_mended_becomes_public(tmp_path: Path) -> None:
    import_markdown(site(tmp_path))
    _, report = import_markdown(site(tmp_path, text="---\ntitle: A\ndate: 2024-06-13\n---\n\nIt is approved.\n"))

    assert "MG111" not in report
    assert stored().status() == Status.LIVE


def test_the_default_checks_keep_nothing_of_a_site_from_readers(tmp_path: Path) -> None:
    import_markdown(site(tmp_path, text="---\ntitle: A\nmedical: true\n---\n"))

    assert (stored().status(), stored().held) == (Status.LIVE, [])


def test_a_check_is_asked_about_a_batch_at_once_and_default_ones_never(settings: Settings, monkeypatch: Any) -> None:
    asked: list[int] = []

    def count(candidates: Sequence[Candidate]) -> list[Answer]:
        asked.append(len(candidates))
        return [Answer() for _ in candidates]

    monkeypatch.setattr("tests.support.checks.until", Check("count", "Counted", count))
    settings.PUBLICATION_CHECKS = [*DEFAULTS, "tests.support.checks.until"]
    writing.write([writing.Change(projected(f"posts/{n}.md")) for n in range(150)], origin=Revision.Origin.IMPORT)

    assert asked == [100, 50]


# A person


@pytest.mark.usefixtures("approvals")
@pytest.mark.parametrize("anyway", [{}, {"anyway": "everything"}])
def test_an_error_stops_publish_and_what_was_typed_is_a_draft(editor: User, anyway: dict[str, str]) -> None:
    staff = signed_in(editor)
    response = staff.post(ADD, filled(staff, ADD, title="Typed", body="Typed.") | {"intent": "publish"} | anyway)

    post = stored()
    assert (post.status(), post.title, post.draft) == (Status.DRAFT, "Typed", True)
    page = Page(staff, response.headers["Location"])
    assert "Nobody has approved it." in " ".join(page.texts("li", "finding-error"))
    assert "Saved as a draft, not published yet." in page.html
    assert "Publish anyway" not in page.html


@pytest.mark.usefixtures("approvals")
def test_an_error_stops_the_changes_of_what_readers_see_and_they_go_on_seeing_it(editor: User, client: Client) -> None:
    post = write_post(body="It is approved.\n")
    save(signed_in(editor), change_url(post), body="Typed.")

    assert "It is approved." in client.get(post.path).content.decode()
    assert stored().has_waiting_changes
    assert "Typed." in stored().latest_revision.text  # type: ignore[union-attr]


def test_warnings_ask_once_and_the_trail_says_over_which_it_was_published(editor: User) -> None:
    staff = signed_in(editor)
    asking = send(staff, ADD, title="Typed").headers["Location"]
    assert stored().status() == Status.DRAFT
    assert [finding.message for finding in staff.get(asking).context["checklist"].asking] == ASKS

    publish_anyway(staff, asking)
    assert stored().status() == Status.LIVE
    entry = Entry.objects.filter(subject=f"posts.post:{stored().pk}").latest("number")
    assert (entry.actor_name, entry.after["published_over"]) == ("editor", ASKS)
    history = staff.get(reverse("admin:posts_post_history", args=[stored().pk])).content.decode()
    assert "published over" in history
    assert "There is no cover." in history


def test_about_what_readers_see_already_nobody_is_asked(editor: User) -> None:
    post = write_post(body="TODO.\n")
    response = send(signed_in(editor), change_url(post), title="Better")

    assert "checked=" not in response.headers["Location"]
    assert stored().title == "Better"


def test_a_new_warning_asks_whatever_was_accepted_before(editor: User) -> None:
    staff, post = signed_in(editor), write_post(body="TODO.\n")
    response = send(staff, change_url(post), body="TODO and TBD.")

    asking = staff.get(response.headers["Location"]).context["checklist"].asking
    assert [finding.message for finding in asking] == ["“TBD” is left to be filled in."]


def test_what_was_not_accepted_asks_again(editor: User) -> None:
    staff = signed_in(editor)
    asking = send(staff, ADD, title="Typed").headers["Location"]
    accepted = staff.get(asking).context["checklist"].accepting
    again = staff.post(asking, filled(staff, asking, body="TODO.") | {"anyway": accepted})

    assert "checked=" in again.headers["Location"]
    assert stored().status() == Status.DRAFT


def test_many_are_asked_about_at_once(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(20):
        write_post(f"posts/{n}.md", body="TODO.\n")
    posts = list(Post.objects.select_related("live_revision"))
    documents = [(projected(post.source_path, body="TODO and TBD.\n"), post) for post in posts]
    with django_assert_max_num_queries(7):
        found = Checklist.of_all([*documents, (projected("posts/new.md", title="New"), None)])

    asking = [[finding.message for finding in checklist.asking] for checklist in found]
    assert asking == [["“TBD” is left to be filled in."]] * 20 + [ASKS]


def test_with_nothing_to_ask_it_is_published_at_once(editor: User) -> None:
    staff = signed_in(editor)
    cover = "/media/images/a-0123456789abcdef-1600x900.png"
    response = send(staff, ADD, title="All well", cover=cover, cover_alt="A", **WELL)

    assert "checked=" not in response.headers["Location"]
    assert stored().status() == Status.LIVE


@pytest.mark.usefixtures("approvals")
def test_restore_and_publish_is_stopped_and_restored_as_a_draft(editor: User, client: Client) -> None:
    post = write_post(body="Old.\n", title="Old")
    old = post.latest_revision_id
    rewrite_post(post, body="It is approved.\n", title="New")
    response = signed_in(editor).post(
        reverse("admin:posts_post_restore", args=[post.pk, old]), {"intent": "publish"}, follow=True
    )

    assert "Nobody has approved it." in response.content.decode()
    assert "It is approved." in client.get(post.path).content.decode()
    assert (stored().title, stored().latest_revision.origin) == ("New", "restore")  # type: ignore[union-attr]


@pytest.mark.usefixtures("approvals")
def test_the_form_and_the_list_say_why_a_post_is_held(editor: User) -> None:
    post, staff = write_post(), signed_in(editor)

    form = Page(staff, change_url(post))
    assert "Checks keep this post from readers:" in form.html
    assert "Nobody has approved it." in " ".join(form.texts("p", "held-for"))
    intents = [button.get("value") for button in form.elements("button") if button.get("name") == "intent"]
    assert list(dict.fromkeys(filter(None, intents))) == ["save", "publish", "unpublish"]
    assert "Nobody has approved it." in staff.get("/admin/posts/post/?status=held").content.decode()


# The panel


def panel(client: Client, url: str, of: str, **changed: Any) -> Any:
    """The panel's content for the form at this URL."""
    return client.post(url, filled(client, of, **changed))


@pytest.mark.parametrize("is_new", [True, False])
def test_the_panel_looks_at_the_form_as_it_stands_and_writes_nothing(editor: User, is_new: bool) -> None:
    post = None if is_new else write_post()
    staff = signed_in(editor)
    url = (
        reverse("admin:posts_post_checklist", args=[post.pk]) if post else reverse("admin:posts_post_checklist_of_new")
    )
    entries, revisions = Entry.objects.count(), Revision.objects.count()
    shown = panel(staff, url, change_url(post) if post else ADD, title="Typed", body="One.\n\n  😀 TODO.")

    [item] = [item for item in shown.context["looks"] if item.finding.check == "placeholder"]
    [place] = item.places
    assert (item.field_id, place.line, place.start, place.excerpt) == ("id_body", 3, 11, "TODO")
    assert (Entry.objects.count(), Revision.objects.count()) == (entries, revisions)
    assert Post.objects.filter(title="Typed").count() == 0


def test_what_is_found_in_several_places_is_told_once(editor: User) -> None:
    staff, url = signed_in(editor), reverse("admin:posts_post_checklist_of_new")
    shown = panel(staff, url, ADD, title="A", body="![](a.png)\n\nText.\n\n![](b.png)")

    [item] = [item for item in shown.context["looks"] if item.finding.check == "alt"]
    assert [place.line for place in item.places] == [1, 5]


def test_the_panel_tells_what_keeps_the_form_from_being_saved(editor: User) -> None:
    staff = signed_in(editor)
    shown = panel(staff, reverse("admin:posts_post_checklist_of_new"), ADD, title="", date="nonsense")

    assert {item.field_id for item in shown.context["stopping"]} == {"id_title", "id_date"}


def test_the_panel_previews_search_results_and_links(editor: User) -> None:
    staff = signed_in(editor)
    url = reverse("admin:posts_post_checklist_of_new")
    title = "Dược phẩm <b> & adherence programmes for chronic inflammatory disease"
    shown = panel(staff, url, ADD, title=title, slug="duoc", description="What we learned.", body="Text.")

    preview = shown.context["preview"]
    assert preview.address == "127.0.0.1:8000 › posts › duoc"
    assert preview.title.endswith(" …")
    assert preview.description == "What we learned."
    assert "<b>" not in shown.content.decode()
    drawn = staff.get(preview.picture)
    assert (drawn.headers["Content-Type"], drawn.content[:4]) == ("image/png", b"\x89PNG")


def test_a_cover_that_is_about_to_be_uploaded_is_none_that_is_missing(editor: User) -> None:
    staff, url = signed_in(editor), reverse("admin:posts_post_checklist_of_new")
    data = filled(staff, ADD, title="A", body="Text.")

    told = [staff.post(url, data | more).content.decode() for more in ({}, {"cover_upload": "a.png"})]
    assert ["There is no cover." in each for each in told] == [True, False]


@pytest.mark.parametrize(
    ("group", "own", "status", "may_publish"),
    [("Authors", True, 200, False), ("Authors", False, 404, False), ("Editors", False, 200, True)],
)
def test_who_may_change_the_post_may_see_its_panel(group: str, own: bool, status: int, may_publish: bool) -> None:
    person = member("person", group)
    post = write_post(draft=True, by=person if own else None, body="TODO.\n")
    staff = signed_in(person)
    data = filled(staff, change_url(post)) if status == 200 else {}
    shown = staff.post(reverse("admin:posts_post_checklist", args=[post.pk]), data)

    assert shown.status_code == status
    assert ("Publish anyway" in shown.content.decode()) == may_publish


def test_the_panel_and_the_picture_are_for_those_who_write() -> None:
    administrator = signed_in(member("admin", "Administrators"))

    assert administrator.post(reverse("admin:posts_post_checklist_of_new")).status_code == 403
    assert administrator.get(reverse("admin:posts_post_title_picture")).status_code == 403
    assert Client().get(reverse("admin:posts_post_title_picture")).status_code == 302
    assert signed_in(member("editor", "Editors")).get(reverse("admin:posts_post_checklist_of_new")).status_code == 405


def test_the_panel_costs_the_same_however_much_it_finds(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    staff, url = signed_in(editor), reverse("admin:posts_post_checklist_of_new")
    for count in (1, 60):
        data = filled(staff, ADD, title="A", body=" ".join(f"[A](/n{n}/#x) [B](/tags/{n}/)" for n in range(count)))
        with django_assert_max_num_queries(25):
            staff.post(url, data)
