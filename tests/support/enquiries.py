"""Enquiries for tests: the form as a browser sends it, and stored ones."""

import secrets
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone as clock

from enquiries.form_token import FormToken
from enquiries.models import ConsentText, Enquiry, consent_version

ANSWERS = {
    "name": "Trần Thị Mai",
    "email": "mai@pharma.example",
    "company": "Pharma & Sons",
    "role": "Brand manager",
    "country": "Việt Nam",
    "interest": "programme",
    "message": "We plan a launch.\r\n\r\nCan you help?",
    "consent": "on",
}


def filled(*, age: timedelta = timedelta(seconds=30), **changed: Any) -> dict[str, str]:
    """The form's data, handed out this long ago and filled in; each call is another form."""
    token = FormToken.issue(consent_version(ConsentText.current("en")), clock.now() - age)
    return ANSWERS | {"token": str(token)} | changed


def send(client: Client, data: dict[str, str] | None = None, *, forwarded_for: str = "") -> Any:
    """The answer to the form, sent; through a proxy that says so where an address is given."""
    headers = {"X-Forwarded-For": forwarded_for} if forwarded_for else None
    return client.post("/contact/", filled() if data is None else data, headers=headers)


def store(**values: Any) -> Enquiry:
    """A stored enquiry with what is to be sent of it."""
    answers = {name: value for name, value in ANSWERS.items() if name != "consent"}
    consent = ConsentText.current("en")
    defaults: dict[str, Any] = {
        "language": "en",
        "consent_text": consent,
        "consent_version": consent_version(consent),
        "submission": secrets.token_hex(),
    }
    enquiry = Enquiry(**(answers | defaults | values))
    assert Enquiry.objects.receive(enquiry)
    return enquiry
