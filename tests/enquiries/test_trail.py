"""What the audit trail, from which nothing can be erased, learns of enquiries: the handling, and nothing of the people."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from audit.models import Entry
from enquiries.models import Enquiry
from tests.enquiries.test_admin import LIST, PERSON, act, colleague, desk, page_of
from tests.support.enquiries import store

__all__ = ["colleague", "desk"]
pytestmark = pytest.mark.django_db

OF_THE_PERSON = ("Trần", "mai@pharma.example", "Pharma & Sons", "One line", "called her")


def trail() -> list[tuple[str, str, dict[str, object], dict[str, object]]]:
    entries = Entry.objects.filter(action__startswith="enquir").order_by("number")
    return list(entries.values_list("action", "actor_name", "before", "after"))


def test_who_handles_an_enquiry_and_how_far_it_is(desk: Client) -> None:
    enquiry = store()
    other = User.objects.create_user("minh", is_staff=True)
    act(desk, "take", enquiry)
    desk.post(page_of(enquiry), {"status": "done", "handler": str(other.pk), "note": "I called her on 1 June"})
    desk.post(page_of(enquiry), {"status": "done", "handler": str(other.pk), "note": "I called her on 1 June"})

    assert trail() == [
        ("enquiry.changed", "linh", {"status": "new", "handler": ""}, {"status": "in_work", "handler": "linh"}),
        (
            "enquiry.changed",
            "linh",
            {"status": "in_work", "handler": "linh"},
            {"status": "done", "handler": "minh", "note": "(not shown)"},
        ),
    ]
    enquiry.refresh_from_db()
    assert enquiry.note == "I called her on 1 June"
    assert "I called her" in desk.post(PERSON, {"email": enquiry.email, "copy": "1"}).content.decode()


def test_exports_sending_again_and_erasure(desk: Client, tmp_path: Path) -> None:
    first, second = store(), store()
    numbers = {"enquiries": [first.pk, second.pk]}
    act(desk, "export_csv", first, second)
    act(desk, "send_again", first)
    desk.post(PERSON, {"email": first.email, "copy": "1"})
    call_command("enquiries_of", first.email, export=tmp_path / "copy.json")
    desk.post(PERSON, {"email": first.email, "erase": "1"})

    assert not Enquiry.objects.exists()
    assert trail() == [
        ("enquiries.exported", "linh", {}, numbers),
        ("enquiries.sent-again", "linh", {}, {"enquiries": [first.pk]}),
        ("enquiries.exported", "linh", {}, numbers),
        ("enquiries.exported", "", {}, numbers),
        ("enquiries.erased", "linh", {}, numbers),
    ]


@pytest.mark.parametrize("by_list", [True, False])
def test_a_deletion_by_the_admins_own_buttons_too(desk: Client, by_list: bool) -> None:
    enquiry = store()
    if by_list:
        desk.post(LIST, {"action": "delete_selected", "_selected_action": [enquiry.pk], "post": "yes"})
    else:
        desk.post(f"{LIST}{enquiry.pk}/delete/", {"post": "yes"})

    assert not Enquiry.objects.exists()
    assert trail() == [("enquiries.erased", "linh", {}, {"enquiries": [enquiry.pk]})]


def test_nothing_of_a_person_is_left_after_their_erasure(desk: Client) -> None:
    enquiry = store()
    act(desk, "take", enquiry)
    desk.post(page_of(enquiry), {"status": "done", "handler": "", "note": "I called her"})
    act(desk, "export_csv", enquiry)
    desk.post(PERSON, {"email": enquiry.email, "erase": "1"})

    said = str(list(Entry.objects.values_list("label", "subject", "before", "after", "reason")))
    assert [word for word in OF_THE_PERSON if word in said] == []


def test_a_consent_worded_anew(client: Client) -> None:
    client.force_login(User.objects.create_superuser("linh"))
    client.post("/admin/enquiries/consenttext/add/", {"language": "vi", "text": "Tôi đồng ý."})

    entry = Entry.objects.get(action="consent.created")
    assert (entry.actor_name, entry.after["language"]) == ("linh", "vi")
    assert len(entry.after["sha256"]) == 64
