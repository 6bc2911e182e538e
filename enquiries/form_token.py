"""The signed mark in each form: it takes the place of a session, so that readers' pages stay free of cookies."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Self

from django.core import signing

SALT = "enquiries.form"


@dataclass(frozen=True, slots=True)
class FormToken:
    """When a form was handed out, which version of the consent it showed, and a number that no other form has."""

    issued_at: int  # seconds since 1970
    consent_version: str
    number: str

    @classmethod
    def issue(cls, consent_version: str, at: datetime) -> Self:
        return cls(int(at.timestamp()), consent_version, secrets.token_urlsafe(12))

    @classmethod
    def read(cls, signed: str) -> Self | None:
        """The token that `str` made this text of; None if it is not ours."""
        try:
            return cls(*signing.loads(signed, salt=SALT))
        except signing.BadSignature:
            return None

    def __str__(self) -> str:
        return signing.dumps([self.issued_at, self.consent_version, self.number], salt=SALT)

    def age(self, at: datetime) -> timedelta:
        return timedelta(seconds=at.timestamp() - self.issued_at)

    def submission(self, values: dict[str, Any]) -> str:
        """A SHA-256 that is the same only if the same form is sent again with the same values."""
        return sha256(json.dumps([self.number, sorted(values.items())]).encode()).hexdigest()
