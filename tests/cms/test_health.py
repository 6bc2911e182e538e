"""`/healthz`, as a load balancer asks it."""

from typing import Any, NoReturn

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client


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
@pytest.mark.parametrize(
    ("problem", "status", "retry_after"),
    [(OperationalError, 503, "60"), (InterfaceError, 503, "60"), (IntegrityError, 500, None)],
)
def test_a_page_says_of_a_database_that_is_gone_that_it_will_be_back(
    problem: type[Exception], status: int, retry_after: str | None
) -> None:
    def refused(*_: Any) -> NoReturn:
        raise problem

    with connection.execute_wrapper(refused):
        answer = Client(raise_request_exception=False).get("/")

    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry_after)
    assert "<h1>Something went wrong</h1>" in answer.content.decode()
