"""An enquiry from an article to the team, as a reader with and without scripts sends it, and as the team meets it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from enquiries import views
from enquiries.models import Enquiry
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import sign_in
from tests.support.enquiries import store
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page: Page) -> None:
    page.get_by_label("Name").fill("Trần Thị Mai")
    page.get_by_label("Company").fill("Pharma & Sons")
    page.get_by_label("Country").fill("Việt Nam")
    page.get_by_label("What it is about").select_option("Press and events")
    page.get_by_label("Message").fill("One line.\nAnother.")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_writes_from_an_article_makes_a_mistake_and_mends_it(
    request: pytest.FixtureRequest,
    browser: Browser,
    live_server: LiveServer,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    monkeypatch.setattr(views, "FASTEST", views.FASTEST * 0)  # a browser that is driven fills in faster than a person
    write_post("posts/a.md", title="Evidence, explained")
    context = browser.new_context() if scripts else request.getfixturevalue("without_scripts")
    page = context.new_page()
    page.goto(f"{live_server.url}/posts/a/")
    page.get_by_role("complementary").get_by_role("link", name="Contact us").click()
    expect(page.get_by_text("You come from Evidence, explained")).to_be_visible()
    fill_in(page)
    page.get_by_label("Work e-mail").fill("mai@")
    page.get_by_role("button", name="Send").click()

    summary = page.get_by_role("region", name="Your message has not been sent yet")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    summary.get_by_role("link", name="no complete e-mail address").click()
    expect(page.get_by_label("Work e-mail")).to_be_focused()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("One line.\nAnother.")
    page.get_by_label("Work e-mail").fill("mai@pharma.example")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("link", name="Back to the article").click()
    expect(page).to_have_url(f"{live_server.url}/posts/a/")
    enquiry = Enquiry.objects.get()
    assert (enquiry.email, enquiry.interest, enquiry.origin_path) == ("mai@pharma.example", "press", "/posts/a/")
    assert enquiry.message == "One line.\nAnother."
    assert len(mailoutbox) == 1
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_the_form_its_errors_and_the_thanks(
    browser: Browser, live_server: LiveServer, width: int, scheme: Any
) -> None:
    write_post("posts/a.md", title="Evidence, explained")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    page.goto(f"{live_server.url}/contact/?from=/posts/a/")
    found["form"] = violations(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("region", name="Your message has not been sent yet")).to_be_visible()
    found["errors"] = violations(page)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.goto(f"{live_server.url}/contact/thanks/?from=/posts/a/")
    found["thanks"] = violations(page)
    context.close()

    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_the_teams_pages(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: Any
) -> None:
    for status in Enquiry.Status.values:
        store(status=status, origin_path="/posts/a/", origin_title="Evidence, explained")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    found = {}
    for path in ("", f"{Enquiry.objects.first().pk}/change/", "person/"):  # type: ignore[union-attr]
        page.goto(f"{live_server.url}/admin/enquiries/enquiry/{path}")
        found[path] = violations(page)
    page.get_by_label("E-mail address").fill("mai@pharma.example")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_have_text("4 enquiries found.")
    found["found"] = violations(page)
    page.goto(f"{live_server.url}/admin/enquiries/consenttext/add/")
    found["consent"] = violations(page)
    context.close()

    assert {name: each for name, each in found.items() if each} == {}


def test_the_team_takes_an_enquiry_into_work_and_erases_it(page: Page, live_server: LiveServer, editor: User) -> None:
    store()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/enquiries/enquiry/")
    page.get_by_role("checkbox", name="Select this object").check()
    page.get_by_role("combobox", name="Action").select_option("Take into work")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("row", name="Trần Thị Mai")).to_contain_text("In work")

    page.get_by_role("link", name="Trần Thị Mai").click()
    page.get_by_role("button", name="Send mail and webhook again").click()
    expect(page.get_by_text("1 sent, 0 to be tried again later.")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Status: New → In work")).to_be_visible()

    page.goto(f"{live_server.url}/admin/enquiries/enquiry/person/")
    page.get_by_label("E-mail address").fill("mai@pharma.example")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("1 enquiry was erased.")).to_be_visible()
    assert not Enquiry.objects.exists()
