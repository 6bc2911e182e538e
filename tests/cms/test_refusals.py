"""What somebody sees whom the site refuses something: words of its own, and a way on."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from cms.form_size import MOST_BYTES_OF_STRANGERS
from tests.support.admin import signed_in
from tests.support.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return person("ann", "Authors")


@pytest.mark.parametrize(("language", "said"), [("en", "No access"), ("vi", "Không có quyền truy cập")])
def test_a_page_for_others_says_so_and_leads_to_the_desk(author: User, language: str, said: str) -> None:
    response = signed_in(author).get("/admin/posts/redirect/", headers={"Accept-Language": language})
    page = response.content.decode()

    assert response.status_code == 403
    assert f"<h1>{said}</h1>" in page
    assert 'href="/admin/"' in page


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/", "/"])
def test_nobody_fills_the_memory_without_signing_in(path: str, author: User) -> None:
    long = {"body": "a" * (MOST_BYTES_OF_STRANGERS + 1)}

    refused = Client(enforce_csrf_checks=True).post(path, long)
    assert refused.status_code == 413
    assert "<h1>This form is too large</h1>" in refused.content.decode()
    assert signed_in(author).post("/admin/posts/post/add/", long).status_code == 200


def test_a_form_larger_than_any_post_is_refused_to_everybody(author: User, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES_OF_STRANGERS + 1
    refused = signed_in(author).post("/admin/posts/post/add/", {"body": "a" * (MOST_BYTES_OF_STRANGERS + 2)})

    assert refused.status_code == 413
    assert "Back leads to what you typed" in refused.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This form could not be sent"), ("vi", "Không gửi được biểu mẫu này")]
)
def test_a_form_whose_protection_has_run_out_says_where_the_text_is(language: str, said: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/admin/login/", {"username": "ann"}, headers={"Accept-Language": language})
    page = response.content.decode()

    assert response.status_code == 403
    assert f"<h1>{said}</h1>" in page
    assert ("Back leads to what you typed" in page) == (language == "en")


def test_a_page_of_the_admin_that_is_not_there_leads_to_the_desk(author: User) -> None:
    client = signed_in(author)
    pages = [client.get(path) for path in ("/admin/nothing/", "/nothing/", "/posts/admin/")]

    assert [page.status_code for page in pages] == [404] * 3
    assert ["Go to your desk" in page.content.decode() for page in pages] == [True, False, False]
