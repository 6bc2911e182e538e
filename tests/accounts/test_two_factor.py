"""The second factor: setting it up, living with it, turning it off."""

import re
from typing import Any

import pytest
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from accounts import two_factor
from accounts.models import User
from audit.models import Entry
from tests.support.admin import signed_in
from tests.support.people import PASSWORD, code_of, give_password, person, with_second_factor

pytestmark = pytest.mark.django_db

SET_UP = "/admin/account/two-factor/"
CODES = re.compile(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>")


def test_it_is_set_up_with_a_picture_and_the_first_code(mai: User) -> None:
    client = signed_in(mai)
    page = client.get(SET_UP).content.decode()
    assert "errorlist" not in page
    (picture,) = re.findall(r'<svg[^>]* class="segno".*?</svg>', page)
    assert "style=" not in picture
    assert two_factor.key(TOTPDevice.objects.get()) in page
    assert not two_factor.is_on(mai)

    shown = client.post(SET_UP, {"code": code_of(mai)}).content.decode()
    codes = CODES.findall(shown)
    assert len(set(codes)) == two_factor.RECOVERY_CODES
    assert two_factor.is_on(mai)
    assert Entry.objects.filter(action="person.two-factor-on", actor_name="mai").exists()
    assert client.get(SET_UP).headers["Location"] == "/admin/account/"
    assert codes[0] not in client.get("/admin/account/").content.decode()


def test_a_wrong_first_code_leaves_the_same_secret(mai: User) -> None:
    client = signed_in(mai)
    client.get(SET_UP)
    key = two_factor.key(TOTPDevice.objects.get())

    page = client.post(SET_UP, {"code": "abc"}).content.decode()
    assert "not right" in page
    assert key in page
    assert not two_factor.is_on(mai)


def test_a_secret_that_was_never_confirmed_asks_for_nothing(mai: User) -> None:
    signed_in(mai).get(SET_UP)

    assert give_password(Client(), mai).headers["Location"] == "/admin/"


@pytest.mark.parametrize(("page", "action"), [("off", "two-factor-off"), ("codes", "recovery-codes-renewed")])
def test_changes_ask_for_the_password_and_a_code(mai: User, page: str, action: str) -> None:
    codes = with_second_factor(mai)
    client = signed_in(mai)
    url = f"{SET_UP}{page}/"

    assert "errorlist" not in client.get(url).content.decode()
    client.post(url, {"password": "not this one", "code": codes[0]})
    assert "This field is required." in client.post(url, {"password": PASSWORD}).content.decode()
    wrong = client.post(url, {"password": PASSWORD, "code": "abcd-efgh"}).content.decode()
    assert "The password or the code is not right." in wrong
    assert two_factor.is_on(mai)
    assert two_factor.recovery_codes_left(mai) == 10
    done = client.post(url, {"password": PASSWORD, "code": code_of(mai, steps=1)}, follow=True).content.decode()
    assert two_factor.is_on(mai) == (page == "codes")
    assert ("Two-factor sign-in is off." in done) == (page == "off")
    assert [two_factor.accepts(mai, each) for each in CODES.findall(done)] == [True] * (10 if page == "codes" else 0)
    assert not StaticToken.objects.filter(token=codes[0].replace("-", "")).exists()
    assert Entry.objects.filter(action=f"person.{action}", label="mai", actor_name="mai").exists()


def test_guessing_the_password_there_is_throttled_too(mai: User) -> None:
    with_second_factor(mai)
    client = signed_in(mai)

    wrong = {"password": "not this one", "code": "123456"}
    assert [client.post(f"{SET_UP}off/", wrong).status_code for _ in range(6)] == [200] * 4 + [429] * 2
    right = {"password": PASSWORD, "code": code_of(mai, steps=1)}
    assert client.post(f"{SET_UP}off/", right).status_code == 429
    assert two_factor.is_on(mai)


@pytest.mark.parametrize("page", ["off", "codes"])
def test_whoever_has_none_is_led_back_from_the_pages_that_change_it(mai: User, page: str) -> None:
    assert signed_in(mai).get(f"{SET_UP}{page}/").headers["Location"] == "/admin/account/"


def test_each_of_two_who_set_it_up_at_once_has_a_secret_of_their_own(mai: User) -> None:
    lan = person("lan", "Editors")
    secrets = [two_factor.key(two_factor.offered(each)) for each in (lan, mai)]

    assert len(set(secrets)) == 2
    assert two_factor.turn_on(mai, code_of(mai))
    assert (two_factor.is_on(mai), two_factor.is_on(lan)) == (True, False)


def test_a_second_factor_is_its_persons_own(mai: User) -> None:
    lan = person("lan", "Editors")
    codes = with_second_factor(lan)
    assert two_factor.turn_on(mai, "123456") == []
    two_factor.offered(mai)
    assert not two_factor.accepts(mai, codes[0])
    assert two_factor.turn_on(mai, code_of(mai))
    assert not two_factor.accepts(mai, codes[0])
    two_factor.turn_off(mai, by=mai)

    assert (two_factor.is_on(mai), two_factor.is_on(lan)) == (False, True)
    assert [two_factor.recovery_codes_left(each) for each in (mai, lan)] == [0, 10]


def test_a_recovery_code_is_good_once_however_it_is_typed_and_the_trail_says_so(mai: User) -> None:
    codes = with_second_factor(mai)

    assert two_factor.accepts(mai, f" {codes[0].upper().replace('-', ' ')} ")
    assert not two_factor.accepts(mai, codes[0])
    assert two_factor.accepts(mai, code_of(mai, steps=1))
    assert two_factor.recovery_codes_left(mai) == 9
    assert Entry.objects.filter(action="person.recovery-code-used", label="mai").count() == 1


def test_an_administrator_turns_it_off_for_who_lost_everything_but_not_for_superusers(mai: User) -> None:
    root = person("root", is_superuser=True)
    for each in (mai, root):
        with_second_factor(each)
    lan = person("lan", "Administrators")

    data = {"action": "turn_off_two_factor", "_selected_action": [mai.pk, root.pk]}
    page = signed_in(lan).post("/admin/accounts/user/", data, follow=True).content.decode()
    assert "until two-factor sign-in is set up again: mai." in page
    assert not two_factor.is_on(mai)
    assert two_factor.is_on(root)
    assert Entry.objects.filter(action="person.two-factor-off", actor_name="lan", label="mai").exists()


@pytest.mark.parametrize(
    ("group", "required"), [("Authors", False), ("Editors", True), ("Publishers", True), ("Administrators", True)]
)
def test_where_it_is_required_nothing_else_comes_first(group: str, required: bool, settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    user = person("mai", group)
    client = Client()
    give_password(client, user)

    page = client.get("/admin/", follow=True)
    assert (page.redirect_chain[-1:] == [(SET_UP, 302)]) == required
    if required:
        assert "your account needs a second factor" in page.content.decode()
        assert client.post("/admin/accounts/user/", {}).status_code == 302
        assert client.post(SET_UP, {"code": code_of(user)}).status_code == 200
        assert client.get("/admin/").status_code == 200


def test_whoever_puts_it_off_can_log_out(settings: Settings, mai: User) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    client = signed_in(mai)

    assert client.post("/admin/account/sign-out/").headers["Location"] == "/admin/login/"
    assert client.get("/admin/login/").status_code == 200


def test_no_page_of_the_admin_shows_secrets_and_the_trail_holds_none(mai: User) -> None:
    codes = with_second_factor(mai)
    root = signed_in(person("root", is_superuser=True))

    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404
    trail = str(list(Entry.objects.values()))
    assert TOTPDevice.objects.get().key not in trail
    assert not any(code in trail or code.replace("-", "") in trail for code in codes)


def test_an_administrator_sees_who_has_it_and_is_told_for_whom_it_was_turned_off(mai: User) -> None:
    lan = person("lan", "Administrators")
    with_second_factor(mai)
    with_second_factor(lan)
    client = signed_in(lan)
    people = "/admin/accounts/user/"
    shown: Any = client.get(people).context["cl"].result_list
    assert {each.username: each.has_second_factor for each in shown} == {"lan": True, "mai": True}

    def turn_off(*chosen: User) -> str:
        data = {"action": "turn_off_two_factor", "_selected_action": [each.pk for each in chosen]}
        return client.post(people, data, follow=True).content.decode()

    assert "It is on for none of the others whom you chose." in turn_off(lan)
    assert two_factor.is_on(lan)  # one's own takes one's password and a code
    assert "A password alone signs in, until two-factor sign-in is set up again: mai." in turn_off(mai, lan)
    assert (two_factor.is_on(mai), two_factor.is_on(lan)) == (False, True)
