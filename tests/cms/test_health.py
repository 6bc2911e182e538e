"""`/healthz`, as a load balancer asks it."""

from typing import Any, NoReturn

import pytest
from django.db import InterfaceError, OperationalError, connection
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
