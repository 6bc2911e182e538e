"""Asking for a new password: the throttle, and that nobody learns who has an account."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.password_reset import FROM_A_NETWORK, TO_AN_ADDRESS
from tests.support.people import PASSWORD, link_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def ask(email: str, network: str = "203.0.113.9") -> Any:
    return Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=network)


def test_one_address_gets_a_few_mails_from_wherever_they_are_asked_for() -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    answers = [ask("LAN@example.org" if n % 2 else "lan@example.org", f"203.0.113.{n}") for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * TO_AN_ADDRESS + [429] * (6 - TO_AN_ADDRESS)
    assert "try again in an hour" in answers[-1].content.decode()
    assert len(mail.outbox) == TO_AN_ADDRESS
    assert ask("else@example.org", "203.0.113.5").status_code == 302


def test_one_network_asks_for_a_few_addresses() -> None:
    answers = [ask(f"{n}@example.org") for n in range(FROM_A_NETWORK + 1)]

    assert [answer.status_code for answer in answers] == [302] * FROM_A_NETWORK + [429]
    assert ask("else@example.org", "198.51.100.1").status_code == 302


def test_the_answers_to_a_known_and_an_unknown_address_are_the_same() -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    for _ in range(TO_AN_ADDRESS + 1):
        known, unknown = ask("lan@example.org"), ask("nobody@example.org")
        assert (known.status_code, known.headers.get("Location")) == (
            unknown.status_code,
            unknown.headers.get("Location"),
        )
    said = [answer.content.decode().replace(name, "") for answer, name in ((known, "lan@"), (unknown, "nobody@"))]
    assert len({text.partition("<form")[0] for text in said}) == 1


def test_the_mailed_link_says_the_rules_and_used_leads_to_a_new_one() -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    ask("lan@example.org")
    client, link = Client(), link_in(str(mail.outbox[0].body))
    form: Any = client.get(link, follow=True)
    assert "at least 12 characters" in form.content.decode()

    chosen = dict.fromkeys(("new_password1", "new_password2"), "another long password")
    assert client.post(form.redirect_chain[-1][0], chosen).status_code == 302
    assert 'href="/admin/password_reset/"' in client.get(link).content.decode()


def test_a_mistyped_address_is_not_counted() -> None:
    for _ in range(FROM_A_NETWORK + 1):
        assert ask("no address").status_code == 200
    assert ask("lan@example.org").status_code == 302
