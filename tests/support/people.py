"""People for tests, what they type to sign in, and the codes that their apps would show."""

import re
import time
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import two_factor
from accounts.models import User

PASSWORD = "a long enough password"
STEP_SECONDS = 30


def person(name: str, *groups: str, **values: Any) -> User:
    """Somebody in these groups who may open the admin."""
    defaults: dict[str, Any] = {"email": f"{name}@example.org", "password": PASSWORD, "is_staff": True}
    user = User.objects.create_user(name, **(defaults | values))
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def give_password(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    """The answer to the first step of signing in."""
    return client.post("/admin/login/", {"username": user.get_username(), "password": password}, **more)


def code_of(user: User, *, steps: int = 0) -> str:
    """What the person's app shows, some steps from now. Each code is good once: a second one is the next."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + steps * STEP_SECONDS
    return f"{totp.token():06}"


def with_second_factor(user: User) -> list[str]:
    """Sets it up with the code of now; gives back the recovery codes."""
    two_factor.offered(user)
    codes = two_factor.turn_on(user, code_of(user))
    assert codes
    return codes


def link_in(text: str) -> str:
    """The path of the first link to the site."""
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", text)
    assert found
    return found[1]
