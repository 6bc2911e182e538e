"""What the head tells machines, in a browser under the site's policy, and from there to a feed reader."""

import feedparser
import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNT_VIOLATIONS = "window.violations = 0; addEventListener('securitypolicyviolation', () => window.violations++)"
JSON_LD = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"


def test_json_ld_is_data_that_the_policy_lets_be(page: Page, live_server: LiveServer) -> None:
    write_post(title="</script><b>A title</b>")
    page.add_init_script(COUNT_VIOLATIONS)
    page.goto(f"{live_server.url}/posts/a/")

    assert page.evaluate("window.violations") == 0
    assert page.evaluate(f"{JSON_LD}['@graph'][0].headline") == "</script><b>A title</b>"


def test_a_reader_subscribes_to_the_feed_that_a_page_names(page: Page, live_server: LiveServer) -> None:
    write_post(title="A title", body="The whole text.\n")
    page.goto(f"{live_server.url}/posts/a/")
    addresses = page.eval_on_selector_all("link[rel=alternate][type$='+xml']", "all => all.map(link => link.href)")

    assert len(addresses) == 2
    for address in addresses:
        feed = feedparser.parse(page.request.get(address).body())
        assert not feed.bozo
        assert feed.entries[0].title == "A title"
        assert "The whole text." in feed.entries[0].content[0].value


@pytest.mark.parametrize("path", ["/index.xml", "/atom.xml", "/feed.json", "/posts/a/index.md", "/llms.txt"])
def test_a_browser_shows_what_machines_read(page: Page, live_server: LiveServer, path: str) -> None:
    write_post(title="A title", body="The whole text.\n")
    response = page.goto(live_server.url + path)  # fails if it is a download

    assert response is not None
    assert "A title" in response.text()
