"""Enquiries in the admin: handling, who may do what, what the history keeps, exports, one person's data."""

import csv
import io
from typing import Any

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from enquiries.models import ConsentText, Delivery, Enquiry
from tests.support.enquiries import store

pytestmark = pytest.mark.django_db

LIST = "/admin/enquiries/enquiry/"
PERSON = f"{LIST}person/"


@pytest.fixture
def colleague() -> User:
    """Somebody of the group Enquiries."""
    user = User.objects.create_user("linh", is_staff=True)
    user.groups.add(Group.objects.get(name="Enquiries"))
    return user


@pytest.fixture
def desk(colleague: User) -> Client:
    """The admin, with the colleague signed in."""
    return signed_in(colleague)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def only(*codenames: str) -> Client:
    """The admin, for somebody with these permissions alone."""
    user = User.objects.create_user("-".join(codenames) or "nobody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return signed_in(user)


def act(client: Client, action: str, *enquiries: Enquiry) -> Any:
    data = {"action": action, "_selected_action": [enquiry.pk for enquiry in enquiries]}
    return client.post(LIST, data, follow=True)


def page_of(enquiry: Enquiry) -> str:
    return f"{LIST}{enquiry.pk}/change/"


def history() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


def test_the_list_shows_and_finds_enquiries(desk: Client) -> None:
    store(name="Mai", company="First Pharma")
    store(name="Bảo", company="Second Pharma", message="About <b>registries</b>", status="done")

    page = desk.get(LIST).content.decode()
    assert "Mai" in page
    assert "Second Pharma" in page
    for query, name in {"q=registries": "Bảo", "status=new": "Mai", "handler=nobody&q=first": "Mai"}.items():
        found = desk.get(f"{LIST}?{query}").context["cl"].result_list
        assert [enquiry.name for enquiry in found] == [name]
    for nonsense in ("handler=999999999999999999999", "handler=x", "sending=x"):
        assert desk.get(f"{LIST}?{nonsense}").context["cl"].result_count == 2
    assert desk.get(f"{LIST}?sending=waiting").context["cl"].result_count == 2
    assert desk.get(f"{LIST}?sending=sent").context["cl"].result_count == 0


def test_the_list_is_narrowed_by_who_handles_an_enquiry_and_by_what_has_arrived(desk: Client, colleague: User) -> None:
    an = User.objects.create_user("an", is_staff=True)
    User.objects.create_user("minh", is_staff=True)
    for name, handler in {"Mai": colleague, "Bảo": colleague, "Chi": an, "Dung": None}.items():
        store(name=name, handler=handler)
    Delivery.objects.filter(enquiry__name="Chi").update(sent_at=clock.now())

    def names(query: str) -> list[str]:
        return sorted(enquiry.name for enquiry in desk.get(f"{LIST}?{query}").context["cl"].result_list)

    assert names(f"handler={colleague.pk}") == ["Bảo", "Mai"]
    assert names("handler=nobody") == ["Dung"]
    assert (names("sending=sent"), names("sending=waiting")) == (["Chi"], ["Bảo", "Dung", "Mai"])
    (handlers,) = (each for each in desk.get(LIST).context["cl"].filter_specs if each.title == "handler")
    assert [str(name) for _, name in handlers.lookup_choices] == ["nobody yet", "an", "linh"]


def test_an_enquiry_is_handled_by_those_who_can_sign_in_or_do_so_already(desk: Client) -> None:
    gone = User.objects.create_user("gone", is_active=False, is_staff=True)
    User.objects.create_user("an", is_staff=True)
    User.objects.create_user("reader")
    User.objects.create_user("left", is_active=False, is_staff=True)
    enquiry = store(handler=gone)
    store(handler=gone)
    field = desk.get(page_of(enquiry)).context["adminform"].form.fields["handler"]

    assert [str(name) for _, name in field.choices][1:] == ["an", "gone", "linh"]


def test_who_wrote_stands_before_what_became_of_it(desk: Client) -> None:
    enquiry = store(name="Mai", origin_path="")
    page = desk.get(LIST).content.decode()

    assert page.index("field-name") < page.index("field-company") < page.index("field-status_mark")
    page = desk.get(page_of(enquiry)).content.decode()
    assert ">None<" not in page
    assert '<a href="">' not in page


def test_a_longer_list_costs_no_more_queries(
    desk: Client, colleague: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (2, 20):
        for _ in range(number):
            store(handler=colleague)
        with django_assert_max_num_queries(14):
            desk.get(LIST)


def test_what_a_person_wrote_is_shown_and_cannot_be_changed(desk: Client) -> None:
    enquiry = store(message="<script>alert(1)</script>\nDược", origin_path="/posts/a b/", origin_title="R&D")
    page = desk.get(page_of(enquiry)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Dược" in page
    assert '<a href="/posts/a%20b/">R&amp;D</a>' in page
    assert enquiry.consent_version in page
    assert 'href="mailto:mai%40pharma.example"' in page

    desk.post(page_of(enquiry), {"status": "new", "handler": "", "message": "Changed", "name": "Changed"})
    enquiry.refresh_from_db()
    assert (enquiry.name, enquiry.message) == ("Trần Thị Mai", "<script>alert(1)</script>\nDược")
    assert desk.get(f"{LIST}add/").status_code == 403


def test_the_history_says_who_changed_what_from_what(desk: Client, colleague: User) -> None:
    enquiry = store()
    other = User.objects.create_user("minh", is_staff=True)
    response = desk.post(page_of(enquiry), {"status": "in_work", "handler": str(other.pk)})

    assert response.status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.handler) == ("in_work", other)
    assert history() == ["Status: New → In work; Handled by: nobody → minh"]
    assert LogEntry.objects.get().user == colleague
    desk.post(page_of(enquiry), {"status": "in_work", "handler": ""})
    assert history()[1:] == ["Handled by: minh → nobody"]
    assert "minh → nobody" in desk.get(f"{LIST}{enquiry.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("action", "status", "label"),
    [("take", "in_work", "In work"), ("close", "done", "Done"), ("mark_as_spam", "spam", "Spam")],
)
def test_who_moves_an_enquiry_becomes_its_handler(
    desk: Client, colleague: User, action: str, status: str, label: str
) -> None:
    other = User.objects.create_user("minh", is_staff=True)
    mine, theirs = store(), store(handler=other)
    told = act(desk, action, mine, theirs).content.decode()

    assert f"2 enquiries are now “{label}”." in told
    assert set(Enquiry.objects.values_list("status", "handler__username")) == {(status, "linh"), (status, "minh")}
    assert history() == [f"Status: New → {label}"] * 2
    assert "Nothing was changed." in act(desk, action, mine).content.decode()
    assert len(history()) == 2


@pytest.mark.parametrize(
    ("codenames", "actions"),
    [
        (["view_enquiry"], set()),
        (["change_enquiry"], {"take", "close", "mark_as_spam", "send_again"}),
        (["view_enquiry", "export_enquiry"], {"export_csv"}),
        (["view_enquiry", "delete_enquiry"], {"delete_selected"}),
    ],
)
def test_each_action_has_its_permission(codenames: list[str], actions: set[str]) -> None:
    enquiry = store()
    client = only(*codenames)
    offered = client.get(LIST).context["action_form"]

    choices = {value for value, _ in offered.fields["action"].choices if value} if offered else set()
    assert choices == actions
    for action in {"take", "close", "mark_as_spam", "send_again", "export_csv", "delete_selected"} - actions:
        act(client, action, enquiry)
    enquiry.refresh_from_db()
    assert (enquiry.status, history()) == ("new", [])
    assert (client.post(f"{LIST}{enquiry.pk}/send-again/").status_code == 302) is ("send_again" in actions)
    assert client.get(page_of(enquiry)).status_code == 200


@pytest.mark.parametrize("client", [Client, lambda: only("view_post")])
def test_others_see_nothing(client: Any) -> None:
    enquiry, stranger = store(), client()

    for url in (LIST, PERSON, page_of(enquiry)):
        response = stranger.get(url)
        assert response.status_code in {302, 403}
        assert "Thị Mai" not in response.content.decode()


def test_editors_of_posts_do_not_read_enquiries() -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))

    assert signed_in(editor).get(LIST).status_code == 403


def test_the_chosen_are_exported_and_run_nothing_in_a_spreadsheet(desk: Client, colleague: User) -> None:
    chosen = store(
        name="=HYPERLINK(1)", company="+1", role="@x", country="-2", message='He said "x",\n=1', handler=colleague
    )
    store(name="Not chosen")
    response = act(desk, "export_csv", chosen)

    text = response.content.decode()
    assert text.startswith("\ufeff")
    (line,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (line["name"], line["company"], line["role"], line["country"]) == ("'=HYPERLINK(1)", "'+1", "'@x", "'-2")
    assert line["message"] == 'He said "x",\n=1'
    assert line["received_at"] == f"{chosen.received_at:%Y-%m-%dT%H:%M:%S}+00:00"
    assert (line["id"], line["handler"], line["email"]) == (str(chosen.pk), "linh", "mai@pharma.example")
    assert history() == ["Exported"]


def test_an_enquiry_is_sent_again(desk: Client, mailoutbox: list[Any], settings: Settings) -> None:
    enquiry, other = store(), store()
    page = desk.get(page_of(enquiry)).content.decode()
    assert f'formaction="{LIST}{enquiry.pk}/send-again/"' in page
    assert desk.get(f"{LIST}{enquiry.pk}/send-again/").status_code == 405

    for times in (1, 2):
        answer = desk.post(f"{LIST}{enquiry.pk}/send-again/", follow=True)
        assert "1 sent, 0 to be tried again later." in answer.content.decode()
        assert len(mailoutbox) == times
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert "0 sent, 1 to be tried again later." in act(desk, "send_again", enquiry).content.decode()
    assert "ConnectionRefusedError" in desk.get(page_of(enquiry)).content.decode()
    assert other.deliveries.get().attempts == 0


def test_one_enquiry_is_deleted_from_its_page_and_the_chosen_from_the_list() -> None:
    client = only("view_enquiry", "delete_enquiry")
    first, second, third = (store(name=name) for name in ("Mai", "Bảo", "Chi"))
    client.post(f"{LIST}{first.pk}/delete/", {"post": "yes"})
    assert set(Enquiry.objects.all()) == {second, third}
    chosen = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    client.post(LIST, chosen)

    assert Enquiry.objects.get() == third


def test_a_person_gets_a_copy_and_is_erased_on_request(desk: Client) -> None:
    first = store(email="Mai@pharma.example", message="Dược")
    store(email="other@pharma.example")
    asked = {"email": "mai@PHARMA.example"}

    assert "errorlist" not in desk.get(PERSON).content.decode()
    assert "1 enquiry found." in desk.post(PERSON, asked).content.decode()
    copy = desk.post(PERSON, asked | {"copy": "x"})
    assert copy.json()["enquiries"][0]["message"] == "Dược"
    erased = desk.post(PERSON, asked | {"erase": "x"}, follow=True)
    assert "1 enquiry was erased." in erased.content.decode()
    assert Enquiry.objects.get().email == "other@pharma.example"
    assert Delivery.objects.count() == 1
    kept = list(LogEntry.objects.values_list("object_repr", flat=True))
    assert set(kept) == {f"Enquiry {first.pk}"}
    assert LogEntry.objects.filter(action_flag=DELETION).count() == 1
    assert "0 enquiries found." in desk.post(PERSON, asked).content.decode()
    for pressed in ({}, {"copy": "x"}, {"erase": "x"}):
        assert "Enter a valid" in desk.post(PERSON, {"email": "mai"} | pressed).content.decode()


def test_copying_and_erasing_one_persons_data_have_permissions_of_their_own() -> None:
    store()
    asked = {"email": "mai@pharma.example"}

    reader = only("view_enquiry", "change_enquiry")
    assert reader.post(PERSON, asked | {"erase": "x"}).status_code == 403
    assert PERSON not in reader.get(LIST).content.decode()
    copier, eraser = only("view_enquiry", "export_enquiry"), only("view_enquiry", "delete_enquiry")
    assert all(PERSON in each.get(LIST).content.decode() for each in (copier, eraser))
    assert "Erase" not in copier.post(PERSON, asked | {"erase": "x"}).content.decode()
    assert eraser.post(PERSON, asked | {"copy": "x"})["Content-Type"].startswith("text/html")
    assert Enquiry.objects.count() == 1
    assert eraser.post(PERSON, asked | {"erase": "x"}).status_code == 302


def test_consent_texts_are_added_and_never_changed() -> None:
    lawyer = only("add_consenttext", "view_consenttext", "change_consenttext", "delete_consenttext")
    lawyer.post("/admin/enquiries/consenttext/add/", {"language": "en", "text": "I agree to this."})

    text = ConsentText.objects.get()
    assert text.author == User.objects.get()
    assert ConsentText.current("en") == "I agree to this."
    assert "Monograph" in ConsentText.current("vi")
    url = f"/admin/enquiries/consenttext/{text.pk}/"
    assert lawyer.post(f"{url}change/", {"language": "en", "text": "Changed"}).status_code == 403
    assert lawyer.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert lawyer.get(f"{url}change/").status_code == 200
