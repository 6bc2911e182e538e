"""A forgotten password is replaced by mail: the throttle, and that nobody learns who has an account."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends import locmem
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.password_reset import FROM_A_NETWORK, TO_AN_ADDRESS, mailing
from audit.models import Entry
from tests.support.people import PASSWORD, give_password, link_in, person

pytestmark = pytest.mark.django_db(transaction=True)  # mails are made with a connection of their own


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    cache.clear()
    yield
    all_mailed()


def all_mailed() -> None:
    """Waits until what was asked for is done."""
    mailing.submit(bool).result()


class SlowBackend(locmem.EmailBackend):
    """A mail server that takes its time."""

    goes_on = Event()

    def send_messages(self, messages: Any) -> Any:
        self.goes_on.wait(10)
        return super().send_messages(messages)


def ask(email: str, network: str = "203.0.113.9") -> Any:
    return Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=network)


def test_one_address_gets_a_few_mails_from_wherever_they_are_asked_for() -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    answers = [ask("LAN@example.org" if n % 2 else "lan@example.org", f"203.0.113.{n}") for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * TO_AN_ADDRESS + [429] * (6 - TO_AN_ADDRESS)
    assert "try again in an hour" in answers[-1].content.decode()
    all_mailed()
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


def test_no_answer_waits_for_the_mail_which_is_in_the_askers_language(settings: Settings) -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    settings.EMAIL_BACKEND = "tests.accounts.test_password_reset.SlowBackend"

    answer = Client().post("/admin/password_reset/", {"email": "lan@example.org"}, headers={"Accept-Language": "vi"})
    assert (answer.status_code, mail.outbox) == (302, [])
    SlowBackend.goes_on.set()
    all_mailed()
    assert "mật khẩu" in mail.outbox[0].body


def test_what_goes_wrong_with_a_mail_is_in_the_log(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    settings.EMAIL_BACKEND = "tests.no.such.backend"

    assert ask("lan@example.org").status_code == 302
    all_mailed()
    assert "tests.no" in caplog.text


def test_the_mailed_link_says_the_rules_and_used_leads_to_a_new_one() -> None:
    User.objects.create_user("lan", email="lan@example.org", password=PASSWORD)
    ask("lan@example.org")
    all_mailed()
    client, link = Client(), link_in(str(mail.outbox[0].body))
    form: Any = client.get(link, follow=True)
    assert "at least 12 characters" in form.content.decode()

    chosen = dict.fromkeys(("new_password1", "new_password2"), "another long password")
    answer: Any = client.post(form.redirect_chain[-1][0], chosen, follow=True)
    assert "Your password is changed. Sign in with it." in answer.content.decode()
    assert 'name="username"' in answer.content.decode()
    used = client.get(link).content.decode()
    assert 'href="/admin/password_reset/"' in used
    assert "<h1>This link is no longer good</h1>" in used


def test_a_link_that_is_no_longer_good_says_so_in_vietnamese_too() -> None:
    """Django's own heading says there that the password was reset."""
    page = Client().get("/admin/reset/MQ/set-password/", headers={"Accept-Language": "vi"}).content.decode()

    assert "<h1>Liên kết này không còn hiệu lực" in page
    assert "thành công" not in page


def test_a_mistyped_address_is_not_counted() -> None:
    for _ in range(FROM_A_NETWORK + 1):
        assert ask("no address").status_code == 200
    assert ask("lan@example.org").status_code == 302


def test_a_forgotten_password_is_replaced_by_mail() -> None:
    lan = person("lan")
    client = Client()
    assert "/admin/password_reset/" in client.get("/admin/login/").content.decode()
    client.post("/admin/password_reset/", {"email": "lan@example.org"})
    all_mailed()
    (sent,) = mail.outbox
    page: Any = client.get(link_in(str(sent.body)), follow=True)
    url = page.redirect_chain[-1][0]
    new = "quite another password"

    assert client.post(url, {"new_password1": new, "new_password2": new}, follow=True).status_code == 200
    assert give_password(Client(), lan, new).status_code == 302
    last = Entry.objects.filter(action="person.changed").first()
    assert last
    assert last.after == {"password": "(not shown)"}


def test_a_stranger_learns_nothing_by_asking_for_a_new_password() -> None:
    response = Client().post("/admin/password_reset/", {"email": "nobody@example.org"}, follow=True)

    all_mailed()
    assert response.status_code == 200
    assert not mail.outbox


def test_links_name_the_site_and_no_host_that_a_client_claims(settings: Settings) -> None:
    person("lan")
    settings.ALLOWED_HOSTS = ["*"]
    Client().post("/admin/password_reset/", {"email": "lan@example.org"}, headers={"Host": "evil.example"})
    all_mailed()

    assert "evil" not in str(mail.outbox[0].body)
    assert link_in(str(mail.outbox[0].body))
