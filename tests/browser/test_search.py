"""Finding an article as a reader does: typing, choosing, narrowing, reading; with a keyboard, and without scripts."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import composing, held
from tests.support.writing import write_post, write_posts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "search.js"


@pytest.fixture
def articles() -> None:
    write_posts(12, body="## Findings\n\nA biomarker in every article.", tags=["Genomics"])
    write_post("posts/duoc.md", title="Ngành dược phẩm", body="Biomarker trong điều trị.", tags=["Dược"])
    write_post("posts/dosage.md", title="Biomarkers and dosage", body="Which dose for whom.", tags=["AI"])


def test_a_reader_searches_narrows_and_reads(page: Page, live_server: LiveServer, articles: None) -> None:
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("biomarker")
    page.get_by_role("search").get_by_role("button").click()

    expect(page).to_have_title("biomarker · Search · Monograph")
    expect(page.get_by_role("status")).to_contain_text("14 articles")
    expect(page.locator(".results h2").first).to_have_text("Biomarkers and dosage")
    expect(page.locator(".results mark").first).to_have_text("Biomarkers")

    page.get_by_role("navigation", name="Narrow the search").get_by_role("link", name="Dược").click()
    expect(page.get_by_role("status")).to_contain_text("1 article")
    page.get_by_role("link", name="Ngành dược phẩm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngành dược phẩm")


def test_what_was_found_can_be_read_in_forced_colours(
    browser: Browser, live_server: LiveServer, articles: None
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=biomarker")
    found = page.locator(".results mark").first

    assert found.evaluate("mark => getComputedStyle(mark).backgroundColor").startswith("rgb(")  # not rgba
    context.close()


def test_suggestions_are_chosen_with_the_keyboard(page: Page, live_server: LiveServer, articles: None) -> None:
    page.goto(live_server.url)
    page.get_by_role("searchbox", name="Search").focus()
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("biomarkers dos")
    option = page.get_by_role("option", name="Biomarkers and dosage")
    expect(option).to_be_visible()
    expect(page.get_by_role("listbox")).to_have_css("list-style-type", "none")
    expect(field).to_have_attribute("aria-expanded", "true")

    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("biomarkers dos")

    field.press_sequentially("a")
    field.press_sequentially("g")
    expect(option).to_be_visible()
    field.press("ArrowUp")
    field.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/posts/dosage/")


def with_a_suggestion(page: Page, live_server: LiveServer) -> Locator:
    """The search field, below which the one article on biomarkers and dosage is suggested."""
    page.goto(live_server.url)
    page.get_by_role("searchbox").focus()
    field = page.get_by_role("combobox")
    field.press_sequentially("biomarkers")
    expect(page.get_by_role("option")).to_have_count(1)
    return field


def test_what_was_chosen_stays_so_when_a_later_answer_has_it(
    page: Page, live_server: LiveServer, articles: None
) -> None:
    field = with_a_suggestion(page, live_server)
    with held(page, "q=biomarkers%20and") as waiting:
        field.press_sequentially(" and")
    field.press("ArrowDown")
    with page.expect_response("**/suggestions/*"):
        waiting[0].continue_()
    page.wait_for_load_state("networkidle")
    field.press("Enter")

    expect(page).to_have_url(f"{live_server.url}/posts/dosage/")


def test_whoever_types_on_has_not_chosen(page: Page, live_server: LiveServer, articles: None) -> None:
    field = with_a_suggestion(page, live_server)
    field.press("ArrowDown")
    with page.expect_response("**/suggestions/*"):
        field.press_sequentially(" a")
    field.press("Enter")

    expect(page).to_have_url(f"{live_server.url}/search/?q=biomarkers+a")


def test_keys_of_an_input_method_choose_nothing(page: Page, live_server: LiveServer, articles: None) -> None:
    field = with_a_suggestion(page, live_server)
    composing(field, "ArrowDown", "Enter", "Escape")

    expect(page.get_by_role("option")).to_have_attribute("aria-selected", "false")


def test_suggestions_go_when_the_next_ones_do_not_come(
    context: BrowserContext, live_server: LiveServer, articles: None
) -> None:
    page = context.new_page()  # whose failing request is no complaint here
    field = with_a_suggestion(page, live_server)
    page.route("**/suggestions/*", lambda route: route.abort())
    field.press_sequentially(" and")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_suggestions_that_come_after_escape_stay_away(page: Page, live_server: LiveServer, articles: None) -> None:
    field = with_a_suggestion(page, live_server)
    with held(page, "q=biomarkers%20and") as waiting:
        field.press_sequentially(" and")
    field.press("Escape")
    with page.expect_response("**/suggestions/*"):
        waiting[0].continue_()
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_suggestions_stay_away_from_who_has_moved_on(page: Page, live_server: LiveServer, articles: None) -> None:
    page.goto(live_server.url)
    page.get_by_role("searchbox").focus()
    field = page.get_by_role("combobox")
    page.clock.install()
    field.press_sequentially("genom")
    field.press("Tab")
    page.clock.run_for(1000)
    page.wait_for_load_state("networkidle")

    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_is_chosen_with_the_mouse(page: Page, live_server: LiveServer, articles: None) -> None:
    page.goto(live_server.url)
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("genom")
    page.get_by_role("option", name="Genomics").click()

    expect(page).to_have_url(f"{live_server.url}/tags/genomics/")


def test_a_query_is_sent_with_enter_while_suggestions_show(page: Page, live_server: LiveServer, articles: None) -> None:
    page.goto(live_server.url)
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("genom")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("combobox").press("Enter")

    expect(page).to_have_url(f"{live_server.url}/search/?q=genom")


def test_search_needs_no_script(without_scripts: BrowserContext, live_server: LiveServer, articles: None) -> None:
    page = without_scripts.new_page()
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("duoc")
    page.keyboard.press("Enter")
    expect(page.locator(".results h2")).to_have_text(["Ngành dược phẩm"])


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_where_readers_find_things(
    browser: Browser, live_server: LiveServer, articles: None, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in (
        "/search/",
        "/search/?q=biomarker",
        "/search/?q=biomarker&tag=ai",
        "/search/?q=nothing",
        "/archives/",
        "/archives/2024/01/",
    ):
        page.goto(live_server.url + path)
        found[path] = violations(page)
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not sideways, path
    page.get_by_role("searchbox").focus()
    page.get_by_role("combobox").press_sequentially("biom")
    expect(page.get_by_role("option").first).to_be_visible()
    found["suggestions"] = violations(page)
    context.close()

    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.pure
def test_the_script_is_a_kilobyte() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes())) <= 1024
