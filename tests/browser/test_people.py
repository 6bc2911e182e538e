"""Accounts as people live with them: invited, signed in with a second factor, sessions ended, keyboard alone."""

import base64
import time
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts import invitations
from accounts.models import SignIn, User
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import PASSWORD, log_in, send
from tests.support.people import link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def code(key: str, *, steps: int = 0) -> str:
    """What an app shows that was given this key."""
    totp = TOTP(base64.b32decode(key.replace(" ", "")))
    totp.time = time.time() + steps * 30
    return f"{totp.token():06}"


def set_up(page: Page, live_server: LiveServer) -> str:
    """Turns the second factor on; gives back the key."""
    page.goto(f"{live_server.url}/admin/account/")
    page.get_by_role("link", name="Set up two-factor sign-in").click()
    key = page.locator(".key").inner_text()
    page.get_by_role("textbox", name="Code").fill(code(key))
    page.keyboard.press("Enter")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    return key


def test_an_invited_person_chooses_a_password_and_writes(
    page: Page, browser: Browser, live_server: LiveServer, editor: User
) -> None:
    Group.objects.get_or_create(name="Editors")
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/accounts/user/add/")
    page.get_by_label("First name").fill("Lan")
    page.get_by_label("E-mail address").fill("lan@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("on its way to lan@example.org")).to_be_visible()
    whose, *_ = link_in(str(mail.outbox[0].body)).split(":")  # the second at which a link is signed differs
    assert whose in page.get_by_label("Link").input_value()

    context = browser.new_context()
    invited = context.new_page()
    invited.goto(live_server.url + link_in(str(mail.outbox[0].body)))
    for label in ("New password:", "New password confirmation:"):
        invited.get_by_label(label, exact=True).fill(PASSWORD)
    invited.keyboard.press("Enter")
    invited.get_by_label("Username").fill("lan@example.org")
    invited.get_by_label("Password").fill(PASSWORD)
    invited.keyboard.press("Enter")
    expect(invited.get_by_role("link", name="Your account")).to_be_visible()
    context.close()


def test_the_second_factor_is_set_up_and_asked_for(page: Page, live_server: LiveServer, editor: User) -> None:
    log_in(page, live_server)
    key = set_up(page, live_server)
    send(page, "Log out")

    log_in(page, live_server)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    expect(page.get_by_role("textbox", name="Code")).to_be_focused()
    page.keyboard.type(code(key, steps=1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Your account")).to_be_visible()


def test_a_session_elsewhere_is_ended(page: Page, browser: Browser, live_server: LiveServer, editor: User) -> None:
    context = browser.new_context()
    elsewhere = context.new_page()
    log_in(elsewhere, live_server)
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/account/")
    page.get_by_role("button", name="End Chrome").click()

    expect(page.get_by_text("The session is ended.")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("button", name="Log in")).to_be_visible()
    assert SignIn.objects.count() == 1
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_fields_stay_within_their_card(
    browser: Browser, live_server: LiveServer, editor: User, settings: Settings, width: int
) -> None:
    settings.SITE_URL = live_server.url
    mai = User.objects.create_user("lan@example.org", email="lan@example.org", is_staff=True)
    invitations.invite(mai, by=editor)
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(invitations.link(mai))
    for _ in range(2):
        card, fields = page.locator("#content").bounding_box(), page.locator("input[type=password], .errorlist").all()
        assert card
        assert len(fields) >= 2
        for field in fields:
            box = field.bounding_box()
            assert box
            assert card["x"] < box["x"] <= card["x"] + 30
            assert box["x"] + box["width"] < card["x"] + card["width"]
        for field in page.locator("input[type=password]").all():
            field.fill("short")
        page.keyboard.press("Enter")
        page.locator(".errorlist").wait_for()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS[::3])
def test_axe_finds_nothing_on_the_pages_of_accounts(
    browser: Browser, live_server: LiveServer, editor: User, settings: Settings, width: int, scheme: Any
) -> None:
    settings.SITE_URL = live_server.url
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = violations(page)
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not sideways, name

    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/account/two-factor/")
    look("set up")
    page.get_by_role("textbox", name="Code").fill("abc")
    page.keyboard.press("Enter")
    page.get_by_text("not right").wait_for()
    look("a wrong code")
    context.clear_cookies()
    TOTPDevice.objects.filter(user=editor).delete()
    log_in(page, live_server)
    set_up(page, live_server)
    look("recovery codes")
    for path in ("account/", "account/two-factor/off/", "accounts/user/add/", "accounts/user/", "accounts/signin/"):
        page.goto(f"{live_server.url}/admin/{path}")
        look(path)
    page.goto(f"{live_server.url}/admin/accounts/user/add/")
    page.get_by_label("E-mail address").fill("lan@example.org")
    page.get_by_role("button", name="Save").click()
    look("invitation")
    link = page.get_by_label("Link").input_value()
    page.goto(f"{live_server.url}/admin/accounts/user/{User.objects.get(username='lan@example.org').pk}/delete/")
    page.get_by_text("inactive instead").wait_for()
    look("deleting")
    context.clear_cookies()
    for name, path in {"accept": link, "gone": f"{live_server.url}/admin/invitation/x/"}.items():
        page.goto(path)
        look(name)
    log_in(page, live_server)
    look("code")
    for _ in range(5):
        page.goto(f"{live_server.url}/admin/login/")
        page.get_by_label("Username").fill("nobody")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Let us pause")).to_be_visible()
    look("locked out")
    context.close()

    assert {name: each for name, each in found.items() if each} == {}
