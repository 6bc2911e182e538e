"""`/healthz`, as a load balancer asks it."""

from typing import Any, NoReturn

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client

from accounts.models import User
from tests.support.admin import signed_in


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_a_503(client: Client, problem: type[Exception]) -> None:
    def refused(*_: Any) -> NoReturn:
        raise problem

    assert client.get("/healthz").status_code == 200
    with connection.execute_wrapper(refused):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"status": "error", "database": "unreachable"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_worker_is_asked_by_its_address(client: Client) -> None:
    by_address = {"host": "10.0.0.7:8000"}

    assert client.get("/healthz", headers=by_address).json() == {"status": "ok", "database": "ok"}
    assert client.head("/healthz", headers=by_address).status_code == 200
    assert client.get("/", headers=by_address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "status", "retry_after"),
    [(OperationalError, 503, "60"), (InterfaceError, 503, "60"), (IntegrityError, 500, None)],
)
@pytest.mark.parametrize("path", ["/", "/admin/"])
def test_a_page_says_of_a_database_that_is_gone_that_it_will_be_back(
    problem: type[Exception], status: int, retry_after: str | None, path: str, editor: User
) -> None:
    def refused(*_: Any) -> NoReturn:
        raise problem

    client = signed_in(editor)
    client.raise_request_exception = False
    with connection.execute_wrapper(refused):
        answer = client.get(path)

    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry_after)
    page = answer.content.decode()
    assert ("try again in a few minutes" in page, "importing" in page) == (True, status == 503 and path == "/admin/")
