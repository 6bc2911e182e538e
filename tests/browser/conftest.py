"""What browser tests share: Chromium, a page that tolerates no complaint, an editor and their sign-in."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.support.admin import ADD, signed_in
from tests.support.browser import chromium

PASSWORD = "a long enough password"

expect.set_options(timeout=20_000)  # a form is sent and answered on a machine with much else to do


@pytest.fixture(scope="module", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright's synchronous interface runs an event loop in this thread, beside which Django refuses its ORM."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose every console error and policy violation fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    missing_pages = [text for text in complaints if "status of 404" in text]
    assert [text for text in complaints if text not in missing_pages] == []


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def editor() -> User:
    group, _ = Group.objects.get_or_create(name="Editors")
    user = User.objects.create_superuser("mai", password=PASSWORD)
    user.groups.add(group)
    return user


def sign_in(page: Page, live_server: LiveServer) -> None:
    """Signs Mai in without the form, which takes a second; `log_in` is for tests of what comes of it."""
    session = signed_in(User.objects.get(username="mai")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def log_in(page: Page, live_server: LiveServer) -> None:
    """Signs Mai in as people do, which ends at the desk unless a second factor is asked for."""
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("mai")
    page.get_by_label("Password").fill(PASSWORD)
    send(page, "Log in")


def press(page: Page, name: str) -> None:
    """Presses the button of this name; whoever looks next must look for what only the page after it has."""
    page.get_by_role("button", name=name, exact=True).click()


@contextmanager
def held(page: Page, ending: str) -> Iterator[list[Route]]:
    """Whatever is typed within asks for an address that ends so, whose answer waits until the test lets it go on."""
    waiting: list[Route] = []
    page.route(re.compile(f"{re.escape(ending)}$"), lambda route: waiting.append(route))
    with page.expect_request(lambda request: request.url.endswith(ending)):
        yield waiting


def composing(field: Locator, *keys: str) -> None:
    """Presses these keys as somebody does whose input method has yet to make a word of what was typed."""
    for key in keys:
        field.dispatch_event("keydown", {"key": key, "isComposing": True, "bubbles": True, "cancelable": True})


def send(page: Page, name: str) -> None:
    """Presses the button of this name, and waits for the page that it leads to."""
    with page.expect_navigation():
        press(page, name)


@pytest.fixture
def writing(page: Page, live_server: LiveServer, editor: User) -> Page:
    """The form of a new post, its cursor in the text."""
    sign_in(page, live_server)
    page.goto(live_server.url + ADD)
    body(page).click()
    return page


def body(page: Page) -> Locator:
    """The post's text in the form."""
    return page.get_by_role("textbox", name="Body")
