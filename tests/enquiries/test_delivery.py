"""Enquiries on their way to the team: by mail and by webhook, now or later, and never lost."""

import json
import logging
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from enquiries import delivery, mail, webhook
from enquiries.forms import EnquiryForm
from enquiries.models import Delivery, Enquiry
from tests.support.enquiries import ANSWERS, filled, send, store
from tests.support.webhook import Crm

pytestmark = pytest.mark.django_db

SECRET = "a shared secret"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "enquiries.md"


@pytest.fixture
def crm(settings: Settings) -> Iterator[Crm]:
    with Crm() as crm:
        settings.ENQUIRY_WEBHOOK_URL, settings.ENQUIRY_WEBHOOK_SECRET = crm.url, SECRET
        yield crm


@pytest.fixture
def dead_mail_server(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def send_enquiries() -> tuple[str, int]:
    """What the command prints, and its exit status."""
    out = StringIO()
    try:
        call_command("send_enquiries", stdout=out)
    except SystemExit as end:
        return out.getvalue().strip(), int(end.code or 0)
    return out.getvalue().strip(), 0


def make_due() -> None:
    Delivery.objects.update(next_attempt_at=clock.now())


def verify_as_the_docs_say() -> Any:
    """The example of docs/enquiries.md, run."""
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)
    return names["is_genuine"]


def test_the_team_gets_a_mail_that_they_can_answer(
    client: Client, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ENQUIRY_RECIPIENTS = ["one@example.com", "two@example.com"]
    send(client)

    (sent,) = mailoutbox
    assert sent.to == ["one@example.com", "two@example.com"]
    assert sent.reply_to == ["mai@pharma.example"]
    assert sent.subject == "Enquiry from Pharma & Sons: Content for our product or programme"
    assert "We plan a launch.\n\nCan you help?" in sent.body
    assert f"/admin/enquiries/enquiry/{Enquiry.objects.get().pk}/change/" in sent.body
    assert Delivery.objects.get().sent_at


def test_a_mail_server_that_is_down_loses_nothing(
    client: Client, settings: Settings, dead_mail_server: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert send(client).status_code == 302

    waiting = Delivery.objects.get()
    assert (waiting.sent_at, waiting.attempts) == (None, 1)
    assert "ConnectionRefusedError" in waiting.last_error
    assert waiting.next_attempt_at > clock.now()
    assert not [word for word in ("mai@", "Mai", "Pharma", "launch") if word in caplog.text]
    assert send_enquiries() == ("0 sent, 0 will be retried", 0)  # not due yet

    make_due()
    assert send_enquiries() == ("0 sent, 1 will be retried", 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_due()
    assert send_enquiries() == ("1 sent, 0 will be retried", 0)
    assert Delivery.objects.get().last_error == ""


def test_a_mail_server_that_hangs_is_left_after_its_time(client: Client, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.1
        assert send(client).status_code == 302

    assert "timed out" in Delivery.objects.get().last_error


def test_what_has_waited_longest_is_sent_first(mailoutbox: list[EmailMessage]) -> None:
    at = clock.now()
    for hours in (1, 3, 2):
        store(company=f"Company {hours}").deliveries.update(next_attempt_at=at - timedelta(hours=hours))
    delivery.send(Delivery.objects.all(), at)

    assert [sent.subject.split(":")[0] for sent in mailoutbox] == [f"Enquiry from Company {n}" for n in (3, 2, 1)]


def test_attempts_get_rarer_and_never_end() -> None:
    waiting = store().deliveries.get()
    waits = []
    for attempt in range(1, 40):
        waiting.attempts = attempt
        at = clock.now()
        waiting.failed("refused", at)
        waits.append((Delivery.objects.get().next_attempt_at - at) / timedelta(minutes=1))

    assert waits[:5] == [1, 2, 4, 8, 16]
    assert waits[-1] == 12 * 60


def test_the_webhook_gets_the_enquiry_with_a_signature_that_the_docs_can_check(client: Client, crm: Crm) -> None:
    send(client)

    ((headers, body),) = crm.received
    posted = json.loads(body)
    enquiry = Enquiry.objects.get()
    assert (posted["event"], posted["id"], posted["name"]) == ("enquiry.received", enquiry.pk, "Trần Thị Mai")
    assert posted["consent"] == {"text": enquiry.consent_text, "version": enquiry.consent_version}
    assert headers["Content-Type"] == "application/json"
    is_genuine = verify_as_the_docs_say()
    header = headers["Monograph-Signature"]
    assert is_genuine(body, header, SECRET)
    assert not is_genuine(body + b" ", header, SECRET)
    assert not is_genuine(body, header, "another")
    assert not is_genuine(body, webhook.signature(body, SECRET, 1_700_000_000), SECRET)


@pytest.mark.parametrize("status", [302, 307, 400, 500])
def test_what_the_crm_does_not_take_is_sent_again_later(client: Client, crm: Crm, status: int) -> None:
    crm.status = status
    assert send(client).status_code == 302

    waiting = Delivery.objects.get(channel="webhook")
    assert waiting.sent_at is None
    assert str(status) in waiting.last_error
    assert len(crm.received) == 1  # a redirect is not followed
    assert Delivery.objects.get(channel="mail").sent_at

    crm.status = 204
    make_due()
    assert send_enquiries() == ("1 sent, 0 will be retried", 0)
    assert crm.received[0][1] == crm.received[1][1]


def test_a_crm_that_hangs_is_left_after_its_time(client: Client, crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.hangs = True
    monkeypatch.setattr(webhook, "TIMEOUT_SECONDS", 0.1)

    assert send(client).status_code == 302
    assert "imed out" in Delivery.objects.get(channel="webhook").last_error


def test_a_webhook_that_is_no_longer_set_waits_with_the_reason(crm: Crm, settings: Settings) -> None:
    store()
    settings.ENQUIRY_WEBHOOK_URL = ""
    delivery.send(Delivery.objects.all(), clock.now())

    assert "no longer set" in Delivery.objects.get(channel="webhook").last_error


def test_what_one_worker_has_claimed_no_other_gets_until_it_is_overdue() -> None:
    store()
    at = clock.now()

    assert Delivery.objects.claim(at)
    assert Delivery.objects.claim(at) is None
    assert Delivery.objects.claim(at + timedelta(minutes=6))


@pytest.mark.django_db(transaction=True)
def test_workers_that_run_at_once_send_each_enquiry_once(settings: Settings, mailoutbox: list[EmailMessage]) -> None:
    enquiries = [store(company=f"Company {number}") for number in range(12)]
    at = clock.now()

    def work() -> None:
        delivery.send(Delivery.objects.all(), at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len({sent.subject for sent in mailoutbox}) == len(mailoutbox) == len(enquiries)
    assert not Delivery.objects.filter(sent_at=None).exists()


def test_an_enquiry_erased_while_it_is_sent_stays_erased() -> None:
    enquiry = store()
    claimed = Delivery.objects.claim(clock.now())
    enquiry.delete()

    assert claimed
    claimed.succeeded(clock.now())
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("channel", Delivery.Channel.values)
def test_every_channel_has_its_sender(channel: str) -> None:
    assert callable(delivery.SENDERS[channel])


@given(
    answers=st.fixed_dictionaries({name: st.text(min_size=1, max_size=90) for name in ("name", "company", "message")})
)
def test_no_name_can_write_the_mails_headers(answers: dict[str, str]) -> None:
    form = EnquiryForm(filled() | answers, consent_text="I agree.")
    if not form.is_valid():
        return
    enquiry = form.save(commit=False)
    enquiry.pk = 1
    parsed = message_from_bytes(mail.message(enquiry).message().as_bytes(), policy=policy.default)

    assert set(parsed.keys()) == {
        "Content-Type",
        "MIME-Version",
        "Content-Transfer-Encoding",
        "Subject",
        "From",
        "To",
        "Reply-To",
        "Date",
        "Message-ID",
    }
    assert parsed["To"] == "hello@example.com"
    assert parsed["Reply-To"] == ANSWERS["email"]


@pytest.mark.parametrize(
    "email", ["mai@bücher.example", '"a(b"@x.example', '"a\x01"@x.example', "a+b@x.example", f"{'a' * 60}@x.example"]
)
def test_every_address_that_the_form_takes_can_be_answered(
    client: Client, email: str, mailoutbox: list[EmailMessage]
) -> None:
    send(client, filled(email=email))

    assert mailoutbox[0].message()["Reply-To"]
