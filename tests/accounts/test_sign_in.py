"""Signing in: the password, the second factor, and the throttle of both."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone as clock
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from accounts.models import User
from audit.models import Entry
from tests.support.admin import signed_in
from tests.support.people import PASSWORD, code_of, give_password, person, with_second_factor

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def wrong(client: Client, user: User, times: int, **more: Any) -> int:
    """The status after so many wrong passwords."""
    return [int(give_password(client, user, "not this one", **more).status_code) for _ in range(times)][-1]


def let_time_pass() -> None:
    """Past django-otp's pause after a wrong code."""
    for devices in (TOTPDevice.objects, StaticDevice.objects):
        devices.update(throttling_failure_timestamp=clock.now() - timedelta(hours=1))


def test_a_password_is_enough_for_whoever_has_no_second_factor(mai: User) -> None:
    client = Client()

    assert give_password(client, mai).headers["Location"] == "/admin/"
    assert is_in(client)
    data = {"username": "mai", "password": PASSWORD, "next": "/admin/posts/post/"}
    assert Client().post("/admin/login/", data).headers["Location"] == "/admin/posts/post/"


def test_a_window_that_only_signs_in_ends_on_a_page_that_closes_it(mai: User) -> None:
    client = Client()
    page = "/admin/account/signed-in/"
    assert client.get(page).headers["Location"] == f"/admin/login/?next={page}"
    data = {"username": "mai", "password": PASSWORD, "next": page}

    assert "signed_in.js" in client.post("/admin/login/", data, follow=True).content.decode()


def test_the_fifth_wrong_password_locks_out_and_says_so_kindly(mai: User) -> None:
    client = Client()

    assert wrong(client, mai, 4) == 200
    response = give_password(client, mai, "not this one")
    assert response.status_code == 429
    assert "15 minutes" in response.content.decode()
    assert give_password(client, mai).status_code == 429
    assert not is_in(client)
    assert Entry.objects.filter(action="person.locked-out", label="mai").exists()


def test_the_lock_ends_by_itself(mai: User) -> None:
    client = Client()
    wrong(client, mai, 6)
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))

    assert give_password(client, mai).status_code == 302
    assert is_in(client)


def test_nobody_can_lock_out_somebody_elsewhere_and_nobody_escapes_by_a_header(mai: User, settings: Settings) -> None:
    elsewhere: Any = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    wrong(Client(), mai, 5, **elsewhere)

    assert give_password(Client(), mai).status_code == 302
    claimed: Any = {"headers": {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}}
    assert give_password(Client(), mai, **claimed).status_code == 429


def test_one_owner_of_an_ipv6_network_is_counted_once(mai: User) -> None:
    for number in range(5):
        wrong(Client(), mai, 1, headers={"X-Forwarded-For": f"2001:db8:1:2::{number}"})

    assert give_password(Client(), mai, headers={"X-Forwarded-For": "2001:db8:1:2::ffff"}).status_code == 429


OFFICE: Any = {"headers": {"X-Forwarded-For": "203.0.113.9"}}


def try_names(number: int, **more: Any) -> list[int]:
    """The statuses of one password tried on so many names."""
    data = [{"username": f"person-{each}", "password": "Summer-2026-now"} for each in range(number)]
    return [int(Client().post("/admin/login/", each, **more).status_code) for each in data]


def test_one_password_is_not_tried_on_many_names(mai: User, settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 4

    assert try_names(5, **OFFICE) == [200, 200, 200, 429, 429]
    refused = give_password(Client(), mai, **OFFICE)
    assert refused.status_code == 429
    assert "From your network" in refused.content.decode()
    assert "An administrator can let yours in again." in refused.content.decode()
    assert give_password(Client(), mai).status_code == 302
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert give_password(Client(), mai, **OFFICE).status_code == 302


def test_an_administrator_sees_which_networks_rest_and_lets_one_in_again(mai: User, settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 4
    lan, other = signed_in(person("lan", "Administrators")), {"headers": {"X-Forwarded-For": "2001:db8:1:2::5"}}
    people = "/admin/accounts/user/"
    assert "Let this network in again" not in lan.get(people).content.decode()
    for network in (OFFICE, other):
        try_names(5, **network)

    page = lan.get(people).content.decode()
    assert page.count("Let this network in again") == 2
    assert "<strong>2001:db8:1:2::/64</strong>" in page
    answer = lan.post(f"{people}let-network-in/", {"address": "203.0.113.9"}, follow=True)
    assert "Signing in works again from there." in answer.content.decode()
    assert answer.content.decode().count("Let this network in again") == 1
    assert [give_password(Client(), mai, **each).status_code for each in (OFFICE, other)] == [302, 429]
    entry = Entry.objects.get(action="network.unlocked")
    assert (entry.actor_name, entry.label, entry.after) == ("lan", "", {})


def test_a_network_rests_no_longer_than_its_page_says(settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 2
    try_names(3, **OFFICE)
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))

    page = signed_in(person("lan", "Administrators")).get("/admin/accounts/user/").content.decode()
    assert "Let this network in again" not in page


def test_whoever_may_not_change_people_lets_no_network_in(settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 2
    try_names(3, **OFFICE)
    address = "/admin/accounts/user/let-network-in/"

    assert signed_in(person("tom", "Editors")).post(address, {"address": "203.0.113.9"}).status_code == 403
    assert signed_in(person("lan", "Administrators")).get(address).status_code == 405
    assert AccessAttempt.objects.exists()


@pytest.mark.parametrize(("here", "near"), [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2::5", "2001:db8:1:2::6")])
def test_whoever_was_there_before_is_not_held_up(mai: User, settings: Settings, here: str, near: str) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 4
    tom = person("tom", "Editors")
    give_password(Client(), mai, headers={"X-Forwarded-For": here})
    try_names(9, headers={"X-Forwarded-For": near})

    assert [give_password(Client(), each, headers={"X-Forwarded-For": near}).status_code for each in (mai, tom)] == [
        302,
        429,
    ]
    assert wrong(Client(), mai, 5, headers={"X-Forwarded-For": near}) == 429


def test_an_office_that_mistypes_and_then_signs_in_is_never_turned_away(settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 4
    for number in range(12):
        someone = person(f"colleague-{number}", "Authors")
        assert wrong(Client(), someone, 2, **OFFICE) == 200
        assert give_password(Client(), someone, **OFFICE).status_code == 302


def test_names_of_an_unknown_address_are_not_counted(mai: User, settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 2
    try_names(5, headers={"X-Forwarded-For": "unknown"})

    assert give_password(Client(), mai, headers={"X-Forwarded-For": "unknown"}).status_code == 302


def test_codes_rest_with_their_address(mai: User, settings: Settings) -> None:
    settings.SIGN_IN_NAMES_PER_ADDRESS = 3
    with_second_factor(mai)
    client = Client()
    give_password(client, mai, **OFFICE)
    try_names(3, **OFFICE)

    assert "From your network" in client.get("/admin/login/code/", **OFFICE).content.decode()


def test_the_right_password_makes_up_for_wrong_ones(mai: User) -> None:
    client = Client()
    for _ in range(3):
        assert wrong(client, mai, 4) == 200
        assert give_password(client, mai).status_code == 302
        client.post("/admin/logout/")


def test_an_administrator_lets_somebody_in_again(mai: User) -> None:
    lan, tom = person("lan", "Administrators"), person("tom", "Editors")
    for each in (mai, tom):
        wrong(Client(), each, 6)

    data = {"action": "unlock", "_selected_action": [mai.pk]}
    page = signed_in(lan).post("/admin/accounts/user/", data, follow=True).content.decode()
    assert "They can try again." in page
    assert [give_password(Client(), each).status_code for each in (mai, tom)] == [302, 429]
    assert Entry.objects.filter(action="person.unlocked", actor_name="lan", label="mai").exists()


def test_no_password_is_kept_with_an_attempt(mai: User) -> None:
    wrong(Client(), mai, 1)

    kept = AccessAttempt.objects.values().get()
    assert "not this one" not in str(kept).replace("+", " ")


def test_with_a_second_factor_the_password_lets_nobody_in(mai: User) -> None:
    with_second_factor(mai)
    client = Client()

    assert give_password(client, mai).headers["Location"].startswith("/admin/login/code/")
    assert not is_in(client)
    assert not Entry.objects.filter(action="person.signed-in").exists()


def test_the_right_code_signs_in_once_and_leads_on(editor: User, mai: User) -> None:
    with_second_factor(mai)
    client, thief = Client(), Client()
    for each in (client, thief):
        each.post("/admin/login/", {"username": "mai", "password": PASSWORD, "next": "/admin/posts/post/"})
    code = code_of(mai, steps=1)

    response = client.post("/admin/login/code/", {"code": f"{code[:3]} {code[3:]}", "next": "/admin/posts/post/"})
    assert response.headers["Location"] == "/admin/posts/post/"
    assert client.get("/admin/").context["user"] == mai
    assert "This code is not right." in thief.post("/admin/login/code/", {"code": code}).content.decode()
    assert not is_in(thief)


def test_the_code_leads_to_no_other_site(mai: User) -> None:
    with_second_factor(mai)
    client = Client()
    give_password(client, mai)

    data = {"code": code_of(mai, steps=1), "next": "https://example.com/"}
    assert client.post("/admin/login/code/", data).headers["Location"] == "/admin/"


def test_a_recovery_code_signs_in_once(mai: User) -> None:
    codes = with_second_factor(mai)
    client, again = Client(), Client()
    give_password(client, mai)
    give_password(again, mai)

    assert client.post("/admin/login/code/", {"code": codes[0].upper()}).status_code == 302
    assert is_in(client)
    assert again.post("/admin/login/code/", {"code": codes[0]}).status_code == 200
    assert not is_in(again)
    assert "9 recovery codes are left" in client.get("/admin/account/").content.decode()
    assert Entry.objects.filter(action="person.recovery-code-used", label="mai").exists()


def test_wrong_codes_lock_out_as_wrong_passwords_do(mai: User) -> None:
    with_second_factor(mai)
    client = Client()
    give_password(client, mai)
    statuses = []
    for _ in range(5):
        let_time_pass()
        statuses.append(client.post("/admin/login/code/", {"code": "abcd-efgh"}).status_code)

    assert statuses == [200, 200, 200, 200, 429]
    let_time_pass()
    assert client.post("/admin/login/code/", {"code": code_of(mai, steps=1)}).status_code == 429
    assert give_password(client, mai).status_code == 429
    assert Entry.objects.filter(action="person.refused", label="mai").count() >= 5


def test_the_step_of_the_code_needs_the_password_just_before_it(mai: User) -> None:
    with_second_factor(mai)
    client = Client()
    assert client.get("/admin/login/code/").headers["Location"] == "/admin/login/"
    give_password(client, mai)

    session = client.session
    session["second_factor"] |= {"until": clock.now().timestamp() - 1}
    session.save()
    assert client.get("/admin/login/code/").headers["Location"] == "/admin/login/"
    give_password(client, mai)
    mai.set_password("quite another password")
    mai.save()
    assert client.post("/admin/login/code/", {"code": code_of(mai, steps=1)}).headers["Location"] == "/admin/login/"
    assert not is_in(client)


def test_whoever_is_turned_off_between_the_two_steps_stays_out(mai: User) -> None:
    with_second_factor(mai)
    client = Client()
    give_password(client, mai)
    User.objects.filter(pk=mai.pk).update(is_active=False)

    assert client.post("/admin/login/code/", {"code": code_of(mai, steps=1)}).headers["Location"] == "/admin/login/"
    assert not is_in(client)


def keyboard_is_in(answer: Any) -> list[str]:
    """The names of the fields that take the focus."""
    fields = re.findall(r"<input [^>]*\bautofocus\b[^>]*>", answer.content.decode())
    return [name for field in fields for name in re.findall(r'name="(\w+)"', field)]


def test_the_keyboard_stands_where_one_goes_on(mai: User) -> None:
    client = Client()
    assert keyboard_is_in(client.get("/admin/login/")) == ["username"]
    refused = give_password(client, mai, "not this one")

    assert keyboard_is_in(refused) == ["password"]
    page = refused.content.decode()
    assert 'id="form-errors">The user name or the password is not right.' in page
    assert re.search(r'<input type="password"[^>]* aria-describedby="form-errors"', page)


def test_confirming_and_choosing_a_password_begin_at_the_first_field(mai: User) -> None:
    with_second_factor(mai)
    client = signed_in(mai)
    page = "/admin/account/two-factor/off/"
    assert keyboard_is_in(client.get(page)) == ["password"]
    assert keyboard_is_in(client.post(page, {"password": PASSWORD, "code": ""})) == ["code"]
    assert keyboard_is_in(client.post(page, {"password": "wrong", "code": "123456"})) == ["password"]


def test_signing_out_ends_on_the_sites_own_page_with_a_way_back(mai: User) -> None:
    page = signed_in(mai).post("/admin/logout/").content.decode()

    assert "<h1>You are signed out</h1>" in page
    assert 'href="/admin/login/"' in page
    assert "quality time" not in page
