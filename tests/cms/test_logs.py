"""The log, as whoever runs the site reads it."""

import logging
from io import StringIO
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client

from accounts.models import User


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    written = StringIO()
    [console] = [each for each in logging.getLogger().handlers if each.get_name() == "console"]
    monkeypatch.setattr(console, "stream", written)
    return written


@pytest.mark.django_db
def test_a_foreign_host_name_is_one_line_of_the_log(client: Client, log: StringIO) -> None:
    client.get("/", headers={"host": "evil.test"})

    [line] = log.getvalue().splitlines()
    assert "Invalid HTTP_HOST header: 'evil.test'" in line


@pytest.mark.parametrize("state", [None, "57P01"])
def test_a_database_that_is_away_is_one_line_for_each_request(log: StringIO, state: str | None) -> None:
    class Cause(Exception):
        sqlstate = state

    try:
        raise OperationalError("connection failed: 100% refused\n\tIs the server running?") from Cause()
    except OperationalError:
        logging.getLogger("django.request").exception("%s: %s", "Service Unavailable", "/50%25/")

    [line] = log.getvalue().splitlines()
    assert line.endswith("Service Unavailable: /50%25/: connection failed: 100% refused Is the server running?")


@pytest.mark.parametrize("state", ["40P01", "55P03"])
def test_a_deadlock_or_a_lock_keeps_its_traceback(log: StringIO, state: str) -> None:
    class Cause(Exception):
        sqlstate = state

    try:
        raise OperationalError("deadlock detected") from Cause()
    except OperationalError:
        logging.getLogger("django.request").exception("Service Unavailable")

    assert "Traceback" in log.getvalue()


def test_what_failed_keeps_its_traceback(log: StringIO) -> None:
    try:
        raise ValueError
    except ValueError:
        logging.getLogger("posts").exception("A page failed")

    assert "Traceback" in log.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_the_database_refuses_is_not_in_the_log(log: StringIO) -> None:
    name = "mai@pharma.example"
    User.objects.create_user(name)
    try:
        User.objects.create_user(name)
    except IntegrityError:
        logging.getLogger("django.request").exception("A page failed")

    assert "IntegrityError" in log.getvalue()
    assert name not in log.getvalue()


def test_of_what_postgresql_says_the_row_alone_is_left_out(log: StringIO) -> None:
    detail = "Failing row contains (7, Mai,\n\nI have a question)."

    class Refusal(Exception):
        diag = SimpleNamespace(message_detail=detail)

    try:
        try:
            raise Refusal(f"null value\nDETAIL:  {detail}\nHINT:  none")
        except Refusal as error:
            raise IntegrityError(*error.args) from error
    except IntegrityError:
        logging.getLogger("posts").exception("A page failed")

    assert "question" not in log.getvalue()
    assert log.getvalue().count("null value\nDETAIL:  (left out)\nHINT:  none") == 2
