"""Accounts by invitation."""

import re
import socket
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail, signing
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts import invitations
from accounts.models import User
from audit.models import Entry
from tests.support.admin import signed_in
from tests.support.people import PASSWORD, give_password, link_in, person

pytestmark = pytest.mark.django_db

ADD = "/admin/accounts/user/add/"


@pytest.fixture
def lan() -> User:
    return person("lan", "Administrators")


def invite(lan: User, email: str = "Mai@Example.org") -> str:
    """The page that the administrator sees once somebody was invited."""
    group = Group.objects.get(name="Editors")
    data = {"first_name": "Mai", "last_name": "Nguyễn", "email": email, "groups": [group.pk]}
    client = signed_in(lan)
    response: Any = client.post(ADD, data)
    assert response.status_code == 302, response.context["errors"]
    return client.get(response.url).content.decode()


def chosen(link: str, password: str = PASSWORD) -> Any:
    """The answer to a password chosen by the link."""
    return Client().post(link, {"new_password1": password, "new_password2": password})


def choose(link: str, password: str = PASSWORD) -> int:
    """The status of that answer."""
    return int(chosen(link, password).status_code)


def test_the_link_is_mailed_and_shown_and_makes_an_account_that_works(lan: User) -> None:
    page = invite(lan)
    (sent,) = mail.outbox
    assert sent.to == ["mai@example.org"]
    assert "Nguyễn" in str(sent.body)
    assert "on its way to mai@example.org" in page
    assert "/admin/invitation/" in page

    link = link_in(str(sent.body))
    asking = Client().get(link).content.decode()
    assert "mai@example.org" in asking
    assert 'name="new_password1"' in asking
    assert choose(link) == 302
    mai = User.objects.get(username="mai@example.org")
    client = Client()
    give_password(client, mai)
    assert client.get("/admin/posts/post/").status_code == 200
    assert [group.name for group in mai.groups.all()] == ["Editors"]
    assert list(
        Entry.objects.filter(action__startswith="person.invit").order_by("number").values_list("action", "actor_name")
    ) == [("person.invited", "lan"), ("person.invitation-accepted", "mai@example.org")]


def test_a_link_works_once(lan: User) -> None:
    invite(lan)
    link = link_in(str(mail.outbox[0].body))
    choose(link)

    assert Client().get(link).status_code == 410
    assert choose(link, "an attacker's own words") == 410
    assert User.objects.get(username="mai@example.org").check_password(PASSWORD)


def test_a_link_runs_out(lan: User, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(lan)
    link = link_in(str(mail.outbox[0].body))
    monkeypatch.setattr(invitations, "VALID", timedelta(seconds=-1))

    assert choose(link) == 410


def test_a_new_link_ends_the_old_one(lan: User) -> None:
    invite(lan)
    mai = User.objects.get(username="mai@example.org")
    signed_in(lan).post(f"/admin/accounts/user/{mai.pk}/invitation/")
    old, new = (link_in(str(each.body)) for each in mail.outbox)

    assert Entry.objects.filter(action="person.invited", actor_name="lan", label="mai@example.org").count() == 2
    assert choose(old) == 410
    assert choose(new) == 302
    assert signed_in(lan).get(f"/admin/accounts/user/{mai.pk}/invitation/").status_code == 404


def test_the_page_of_somebody_leads_to_their_invitation_as_long_as_they_are_waited_for(lan: User) -> None:
    invite(lan)
    client = signed_in(lan)
    page = f"/admin/accounts/user/{User.objects.get(username='mai@example.org').pk}/"

    assert f'href="{page}invitation/"' in client.get(f"{page}change/").content.decode()
    choose(link_in(str(mail.outbox[0].body)))
    assert "invitation/" not in client.get(f"{page}change/").content.decode()


def test_there_is_no_invitation_of_nobody(lan: User) -> None:
    client, page = signed_in(lan), "/admin/accounts/user/999999/"

    assert client.get(f"{page}invitation/").status_code == 404
    assert client.get(f"{page}change/").headers["Location"] == "/admin/"


def test_somebody_made_inactive_meanwhile_is_not_let_in(lan: User) -> None:
    invite(lan)
    User.objects.filter(username="mai@example.org").update(is_active=False)

    assert choose(link_in(str(mail.outbox[0].body))) == 410


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=80))
def test_no_other_text_is_an_invitation(token: str) -> None:
    assert invitations.invitee(token) is None


def test_what_is_signed_for_something_else_is_no_invitation(lan: User) -> None:
    assert invitations.invitee(signing.dumps([lan.pk, "x"])) is None


def test_without_a_mail_server_the_link_is_shown_all_the_same(lan: User, settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free.getsockname()[1]

    page = invite(lan)
    assert "could not be sent" in page
    shown = re.search(r'value="http://127\.0\.0\.1:8000(/admin/invitation/\S+)"', page)
    assert shown
    assert choose(shown[1]) == 302


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short of 12", "too short"),
        ("123456789012", "entirely numeric"),
        ("password1234", "too common"),
        ("mai@example.org", "too similar"),
    ],
)
def test_a_poor_password_is_refused_and_it_is_said_why(lan: User, password: str, why: str) -> None:
    invite(lan)
    answer = chosen(link_in(str(mail.outbox[0].body)), password)

    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert invitations.is_waiting(User.objects.get(username="mai@example.org"))


@pytest.mark.parametrize("email", ["LAN@example.org", "no address", "", "o'brien@example.org"])
def test_an_address_in_use_or_unfit_for_a_user_name_is_refused(lan: User, email: str) -> None:
    response = signed_in(lan).post(ADD, {"email": email})

    assert response.status_code == 200
    assert "email" in response.context["adminform"].form.errors


def test_the_form_says_what_each_group_may_do(lan: User) -> None:
    for page in (ADD, f"/admin/accounts/user/{person('mai').pk}/change/"):
        assert "Editors: change and publish every post" in signed_in(lan).get(page).content.decode()


def test_whoever_is_in_no_group_is_told_of_before_and_after_signing_in(lan: User) -> None:
    alone: Any = signed_in(lan).post(ADD, {"email": "mai@example.org"})

    assert "will see nothing" in signed_in(lan).get(alone.url).content.decode()
    assert "will see nothing" not in invite(lan, "tom@example.org")
    mai = User.objects.get(username="mai@example.org")
    assert "Ask an administrator" in signed_in(mai).get("/admin/").content.decode()
    assert "Ask an administrator" not in signed_in(lan).get("/admin/").content.decode()


def test_the_sign_in_knows_who_accepted_the_invitation(lan: User) -> None:
    invite(lan)
    client = Client()
    page: Any = client.post(link_in(str(mail.outbox[0].body)), {"new_password1": PASSWORD, "new_password2": PASSWORD})

    form: Any = client.get(page.url)
    assert "Welcome. Sign in as mai@example.org." in form.content.decode()
    assert 'value="mai@example.org"' in form.content.decode()
    assert re.search(r'<input type="password"[^>]* autofocus', form.content.decode())
    assert not re.search(r'<input type="text"[^>]* autofocus', form.content.decode())
    assert "mai@example.org" not in Client().get(page.url).content.decode()


def test_when_a_person_joined_is_told_and_not_typed(lan: User) -> None:
    page = signed_in(lan).get(f"/admin/accounts/user/{person('mai').pk}/change/").content.decode()

    assert "Date joined" in page
    assert "date_joined_0" not in page
