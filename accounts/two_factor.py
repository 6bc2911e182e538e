"""The second factor: a code that an app on the person's phone shows, or one of the recovery codes on paper."""

import re
from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.events import happened
from accounts.models import User

# Whoever may change accounts could give themselves the other, or take a publisher's account over.
POWERS = ("posts.publish_post", "accounts.change_user")
RECOVERY_CODES = 10
# Of each person in a query, whether signing in asks them for a code.
IS_ON = Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True))


def is_on(user: User) -> bool:
    """Whether signing in asks this person for a code."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def is_required(user: Any) -> bool:
    """Whether this person may not do without."""
    return settings.TWO_FACTOR_REQUIRED and any(user.has_perm(power) for power in POWERS)


def is_owed(user: Any) -> bool:
    """Whether this person has to set it up before anything else."""
    return is_required(user) and not is_on(user)


def offered(user: User) -> TOTPDevice:
    """The secret that waits for its first code, the same until that comes."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def key(device: TOTPDevice) -> str:
    """The secret as apps let one type it: base 32, in groups of four."""
    return " ".join(re.findall(".{1,4}", b32encode(device.bin_key).decode()))


def qr_code(device: TOTPDevice) -> SafeString:
    """The secret as a picture, an SVG without styles."""
    drawn = segno.make(device.config_url, micro=False)
    return mark_safe(drawn.svg_inline(dark="#000", light="#fff", omitsize=True))


@transaction.atomic
def turn_on(user: User, code: str) -> list[str]:
    """The recovery codes, if the code is that of the offered secret; else none."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or is_on(user) or not device.verify_token(_plain(code)):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    happened.send(__name__, action="two-factor-on", person=user, by=user)
    return _new_codes(user)


@transaction.atomic
def accepts(user: User, code: str) -> bool:
    """Whether the code is right. Each is so once; after a wrong one django-otp lets none be right for a while."""
    plain = _plain(code)
    is_apps = re.fullmatch("[0-9]{6}", plain)
    devices = TOTPDevice.objects if is_apps else StaticDevice.objects
    device = devices.select_for_update().filter(user=user, confirmed=True).first()
    is_right = device is not None and bool(device.verify_token(plain))
    if is_right and not is_apps:
        happened.send(__name__, action="recovery-code-used", person=user, by=user)
    return is_right


@transaction.atomic
def turn_off(user: User, *, by: User) -> None:
    """Signing in asks for no code any more."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    happened.send(__name__, action="two-factor-off", person=user, by=by)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """New ones; those from before are good for nothing."""
    happened.send(__name__, action="recovery-codes-renewed", person=user, by=user)
    return _new_codes(user)


def recovery_codes_left(user: User) -> int:
    """How many have not been used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()
