"""The trail: what is recorded, that the database keeps it as it is, and that a break is found."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.utils import translation

from accounts.models import User
from audit.guard import raise_guard
from audit.models import FIRST, Entry, Event, record
from audit.wording import _DEEDS, _KINDS, named, said
from tests.support.admin import member
from tests.support.writing import write_post, write_posts

DOCUMENTED = Path(__file__).parents[2] / "docs" / "audit.md"

pytestmark = pytest.mark.django_db


def verified(capsys: pytest.CaptureFixture[str]) -> str:
    call_command("verify_audit")
    return capsys.readouterr().out.strip()


def test_each_entry_holds_the_hash_of_the_one_before(capsys: pytest.CaptureFixture[str]) -> None:
    record([Event("a"), Event("b", "posts.post:1", "Café", {"x": 1}, {"x": [None, "€"]}, "a reason")], by=None)
    record([Event("c")], by=None)
    first, second, third = Entry.objects.order_by("number")

    assert (first.number, first.previous_hash) == (1, FIRST)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert verified(capsys) == f"3 entries, unbroken; the last hash is {third.hash}"


def entry(**changed: object) -> Entry:
    """One of seven o'clock in the morning in Hà Nội, which is midnight in UTC."""
    hanoi = timezone(timedelta(hours=7))
    said = {
        **{"number": 2, "at": datetime(2024, 6, 13, 7, tzinfo=hanoi), "actor": 5, "actor_name": "linh"},
        **{"action": "post.changed", "subject": "posts.post:1", "label": "Café"},
        **{"before": {"b": 1, "a": None}, "after": {"a": "€"}, "reason": "a reason", "previous_hash": FIRST},
    }
    return Entry(**said | changed)


def test_the_hash_of_an_entry_is_what_every_version_before_gave_it() -> None:
    assert entry().expected_hash() == "6a5bf744a63db2fceb8b0a6b23ae6d1bb7fa95f061726e00dcd1b3fdd81aed88"
    assert entry(before={"a": None, "b": 1}).expected_hash() == entry().expected_hash()


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 3},
        {"at": datetime(2024, 6, 13, 7, tzinfo=UTC)},
        {"actor": 6},
        {"actor_name": "mai"},
        {"action": "post.deleted"},
        {"subject": "posts.post:2"},
        {"label": "Cafe"},
        {"before": {}},
        {"after": {}},
        {"reason": ""},
        {"previous_hash": "1" * 64},
    ],
)
def test_the_hash_of_an_entry_is_of_all_that_it_says(changed: dict[str, object]) -> None:
    assert entry(**changed).expected_hash() != entry().expected_hash()


def test_an_entry_says_its_number_what_was_done_and_to_what() -> None:
    assert str(entry()) == "2 · Post: changed · Café"


def test_a_label_is_cut_where_its_column_ends(capsys: pytest.CaptureFixture[str]) -> None:
    record([Event("a", label="x" * 501)], by=None)

    assert Entry.objects.get().label == "x" * 500
    assert "1 entries, unbroken" in verified(capsys)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda: Entry.objects.filter(number=2).update(label="Other"), "entry 2 was changed after it was written"),
        (lambda: Entry.objects.filter(number=2).delete(), "entry 2 is missing: 3 follows 1"),
        (lambda: Entry.objects.filter(number=1).update(hash="0" * 64), "entry 1 was changed"),
        (lambda: Entry.objects.filter(number=3).update(previous_hash="1" * 64), "entry 3 does not follow entry 2"),
    ],
)
def test_the_first_broken_entry_is_named(spoil: object, said: str) -> None:
    record([Event("a"), Event("b"), Event("c")], by=None)
    spoil()  # type: ignore[operator]

    with pytest.raises(CommandError, match=said):
        call_command("verify_audit")


@pytest.mark.parametrize("change", [lambda all: all.update(reason="x"), lambda all: all.delete()])
def test_the_database_refuses_to_change_or_delete_an_entry(change: object) -> None:
    record([Event("a")], by=None)
    raise_guard(connection)

    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        change(Entry.objects.all())  # type: ignore[operator]
    record([Event("b")], by=None)
    assert Entry.objects.count() == 2


def test_what_is_undone_is_not_recorded() -> None:
    with transaction.atomic():
        record([Event("a")], by=None)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


def test_signing_in_and_out_and_being_refused_are_recorded() -> None:
    User.objects.create_user("linh", password="a long secret")
    Entry.objects.all().delete()
    client = Client()
    assert client.login(request=HttpRequest(), username="linh", password="a long secret")
    client.logout()
    assert not client.login(request=HttpRequest(), username="linh", password="a wrong one")

    assert list(Entry.objects.order_by("number").values_list("action", "actor_name", "label")) == [
        ("person.signed-in", "linh", "linh"),
        ("person.signed-out", "linh", "linh"),
        ("person.refused", "", "linh"),
    ]


def test_changes_of_people_name_who_made_them_and_no_password(admin_client: Client) -> None:
    user = User.objects.create_user("linh", password="a long secret", email="linh@example.org")
    group = Group.objects.create(name="Reviewers")
    change = {"username": "linh", "email": "new@example.org", "is_active": "on", "groups": [group.pk]}
    dates = {"date_joined_0": "2024-01-01", "date_joined_1": "10:00:00"}
    response = admin_client.post(f"/admin/accounts/user/{user.pk}/change/", change | dates)

    assert response.status_code == 302, response.context["adminform"].form.errors
    changed, rights = Entry.objects.filter(subject=f"accounts.user:{user.pk}").order_by("number")[1:3]
    assert (changed.action, changed.actor_name) == ("person.changed", "admin")
    assert (changed.before, changed.after) == ({"email": "linh@example.org"}, {"email": "new@example.org"})
    assert (rights.action, rights.actor_name, rights.after) == ("person.rights", "admin", {"group": ["Reviewers"]})
    user.refresh_from_db()
    user.set_password("another secret")
    user.save()
    last = Entry.objects.first()
    assert last
    assert last.after == {"password": "(not shown)"}


def test_a_groups_permissions_are_recorded() -> None:
    group = Group.objects.create(name="Reviewers")
    permission = Permission.objects.get(codename="view_entry")
    group.permissions.add(permission)
    group.permissions.remove(permission)
    group.permissions.clear()

    given, taken, emptied = Entry.objects.filter(action="group.rights").order_by("number")
    assert given.after == taken.before == {"permission": [str(permission)]}
    assert emptied.before == {"permission": "all"}


def test_who_deletes_a_person_is_recorded_with_what_they_were(admin_client: Client) -> None:
    linh = User.objects.create_user("linh", password="a long secret", email="linh@example.org")
    admin_client.post(f"/admin/accounts/user/{linh.pk}/delete/", {"post": "yes"})
    Group.objects.create(name="Reviewers").delete()  # outside of any request

    person, group = Entry.objects.filter(action__endswith=".deleted").order_by("number")
    assert (group.action, group.label, group.actor) == ("group.deleted", "Reviewers", None)
    assert (person.action, person.label, person.actor_name) == ("person.deleted", "linh", "admin")
    assert person.subject == f"accounts.user:{linh.pk}"
    assert person.before["email"] == "linh@example.org"
    assert person.before["password"] == "(not shown)"


def test_the_trail_can_be_read_in_the_admin_and_not_written(admin_client: Client) -> None:
    record([Event("post.changed", "posts.post:1", "<b>Bold</b>", {"a": 1}, {"a": "<i>"})], by=None)
    entry = Entry.objects.get(action="post.changed")

    assert "post.changed" in admin_client.get("/admin/audit/entry/").content.decode()
    page = admin_client.get(f"/admin/audit/entry/{entry.number}/change/").content.decode()
    assert "&lt;i&gt;" in page
    assert 'name="_save"' not in page
    assert admin_client.post(f"/admin/audit/entry/{entry.number}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("language", "signed_in", "unknown"),
    [("en", "Person: signed in", "Person: teleported"), ("vi", "Người dùng: đã đăng nhập", "Người dùng: teleported")],
)
def test_people_read_words_and_the_code_where_there_are_none(
    admin_client: Client, language: str, signed_in: str, unknown: str
) -> None:
    record([Event("person.signed-in"), Event("person.teleported")], by=None)
    headers = {"Accept-Language": language}
    page = admin_client.get("/admin/audit/entry/", headers=headers).content.decode()
    entry = Entry.objects.filter(action="person.signed-in").latest("number")
    filtered = admin_client.get("/admin/audit/entry/?action=person.teleported", headers=headers)
    shown = admin_client.get(f"/admin/audit/entry/{entry.number}/change/", headers=headers).content.decode()

    assert signed_in in page
    assert unknown in page
    assert [each.action for each in filtered.context["cl"].result_list] == ["person.teleported"]
    assert signed_in in shown
    assert f"<title>{entry.number} · {signed_in} | " in shown
    assert "person.signed-in" in shown


def test_a_count_is_said_in_the_readers_language_and_a_name_as_it_is(admin_client: Client) -> None:
    said = {
        "posts.imported": ("5 posts", "5 bài viết"),
        "posts.exported": ("1 posts, as a zip", "1 bài viết, dạng zip"),
        "redirects.imported": ("7 redirects", "7 chuyển hướng"),
        "redirects.exported": ("7 redirects, as CSV", "7 chuyển hướng, dạng CSV"),
        "post.created": ("5 posts", "5 posts"),
    }
    record([Event(action, label=label) for action, (label, _) in said.items()], by=None)
    page = admin_client.get("/admin/audit/entry/", headers={"Accept-Language": "vi"}).content.decode()

    assert [shown for _, shown in said.values() if shown not in page] == []
    assert "5 posts</td>" in page
    assert Entry.objects.get(action="posts.imported").label == "5 posts"
    with translation.override("en"):
        assert named("posts.exported", "1 posts, as a zip") == "1 post, as a zip"
        assert named("posts.exported", "2 files written to /a/b") == "2 files written to /a/b"


def test_the_filter_offers_each_action_once_in_the_order_of_its_words(admin_client: Client) -> None:
    Entry.objects.all().delete()
    record([Event("tag.renamed"), Event("group.deleted"), Event("tag.renamed"), Event("odd")], by=None)
    (filters,) = admin_client.get("/admin/audit/entry/").context["cl"].filter_specs

    assert filters.lookup_choices == [
        ("group.deleted", "Group: deleted"),
        ("tag.renamed", "Tag: renamed"),
        ("odd", "odd"),
    ]


def test_every_action_of_the_documentation_has_words() -> None:
    actions = re.findall(r"`([a-z_]+\.[a-z-]+)`", DOCUMENTED.read_text())

    assert len(actions) > 40
    with translation.override("vi"):  # where no word is its own code
        assert [action for action in actions if set(said(action).split(": ")) & set(action.split("."))] == []


def test_whatever_has_words_is_in_the_documentation() -> None:
    """The other way round: nothing is recorded that the page does not name."""
    documented = re.findall(r"`([a-z_]+)\.([a-z-]+)`", DOCUMENTED.read_text())

    assert {kind for kind, _ in documented} >= set(_KINDS)
    assert {deed for _, deed in documented} >= set(_DEEDS)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "label"), [(1, "1 post"), (2, "2 posts")])
def test_an_import_is_counted_in_words(count: int, label: str) -> None:
    write_posts(count)

    assert Entry.objects.get().label == label


def test_a_site_that_moves_to_another_database_brings_its_trail_along(tmp_path: Path) -> None:
    member("editor", "Editors")
    post = write_post(body="Odd:\r\n\x07\x85\u2028\ufeff \U0001f600 end  ")
    text, kept = post.revisions.get().text, [(entry.number, entry.hash) for entry in Entry.objects.order_by("number")]
    file = str(tmp_path / "site.yaml")
    left = ("contenttypes", "auth.permission", "sessions")
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", format="yaml", output=file, exclude=left, verbosity=0, **natural)
    Entry.objects.all().delete()  # as if the database were another
    raise_guard(connection)
    post.revisions.update(text="")
    call_command("loaddata", file, verbosity=0)

    assert [(entry.number, entry.hash) for entry in Entry.objects.order_by("number")] == kept
    assert all(entry.hash == entry.expected_hash() for entry in Entry.objects.all())
    assert post.revisions.get().text == text
