"""The log, as whoever runs the site reads it."""

import logging
from io import StringIO

import pytest
from django.test import Client


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


def test_what_failed_keeps_its_traceback(log: StringIO) -> None:
    try:
        raise ValueError
    except ValueError:
        logging.getLogger("posts").exception("A page failed")

    assert "Traceback" in log.getvalue()
