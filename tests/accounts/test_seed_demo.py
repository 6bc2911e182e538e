"""The demo editor."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from accounts.models import User

pytestmark = pytest.mark.django_db


def seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="made only for the local default")
def test_the_demo_editor_is_made_once_with_the_password_that_is_printed() -> None:
    User.objects.create_user("mai")
    password = re.search(r"password (\S+)", seed())

    assert password
    assert Client().login(request=HttpRequest(), username="editor", password=password[1])
    assert User.objects.get(username="editor").is_superuser
    assert seed() == ""


def test_there_is_no_demo_editor_on_a_site_that_others_read(settings: Settings) -> None:
    settings.SECURE_HTTPS = True

    assert "No demo editor" in seed()
    assert not User.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="made for the local default")
def test_there_is_no_demo_editor_on_a_database_that_others_reach() -> None:
    assert "No demo editor" in seed()
    assert not User.objects.exists()
