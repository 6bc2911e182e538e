"""What a person can ask of the site by their address, and what goes by itself when its time is over."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone as clock
from pytest_django import Settings

from enquiries.models import Delivery, Enquiry
from tests.support.enquiries import store

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def enquiries() -> None:
    store(email="Mai@Pharma.example", message="First.\nDược")
    store(email="mai@pharma.example", message="Second.")
    store(email="not-mai@pharma.example")
    store(email="mai@pharma.example.org")


def test_a_person_gets_a_copy_of_all_that_is_held_of_them(enquiries: None, tmp_path: Path) -> None:
    file = tmp_path / "copy.json"

    assert run("enquiries_of", "mai@pharma.example") == "2 found"
    assert run("enquiries_of", " MAI@pharma.example", "--export", str(file)) == "2 found"
    copied = json.loads(file.read_text(encoding="utf-8"))["enquiries"]
    assert [each["message"] for each in copied] == ["First.\nDược", "Second."]
    assert copied[0]["handed_on"] == [{"to": "mail", "sent_at": None}]
    held = {field.name for field in Enquiry._meta.fields} - {"id", "submission", "handler"}
    assert held <= set(copied[0])
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="exists"):
        run("enquiries_of", "mai@pharma.example", "--export", str(file))


def test_a_person_is_erased_with_all_that_was_to_be_sent_of_them(enquiries: None) -> None:
    assert run("enquiries_of", "mai@pharma.example", "--erase") == "2 erased"

    assert Enquiry.objects.count() == Delivery.objects.count() == 2
    assert run("enquiries_of", "mai@pharma.example", "--erase") == "0 erased"


def test_an_enquiry_goes_when_its_time_is_over(settings: Settings) -> None:
    settings.ENQUIRY_RETENTION_DAYS = 30
    at = clock.now()
    store(message="Old.", received_at=at - timedelta(days=30, minutes=1))
    store(message="Young.", received_at=at - timedelta(days=29))

    assert run("purge_enquiries", "--dry-run") == "1 would be erased"
    assert run("purge_enquiries") == "1 erased"
    assert Enquiry.objects.get().message == "Young."
    assert Delivery.objects.count() == 1
