"""An enquiry handed to another program, such as a CRM: JSON by POST, signed."""

import hmac
import json
import time
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from django.conf import settings

from enquiries.errors import DeliveryError
from enquiries.models import Enquiry

TIMEOUT_SECONDS = 5.0
SIGNATURE_HEADER = "Monograph-Signature"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Personal data go to the address that was set and to no other: a redirect is an error."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def send(enquiry: Enquiry) -> None:
    """Done once the other side answers with a status of 200 to 299. Raises `DeliveryError`."""
    if not settings.ENQUIRY_WEBHOOK_URL:
        raise DeliveryError("ENQUIRY_WEBHOOK_URL is no longer set")
    body = json.dumps(payload(enquiry)).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Monograph",
        SIGNATURE_HEADER: signature(body, settings.ENQUIRY_WEBHOOK_SECRET, int(time.time())),
    }
    request = urllib.request.Request(settings.ENQUIRY_WEBHOOK_URL, body, headers, method="POST")
    try:
        _opener.open(request, timeout=TIMEOUT_SECONDS).close()
    except HTTPError as error:
        with error:  # it holds the connection
            raise DeliveryError(f"HTTP {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        raise DeliveryError.of(error) from error


def payload(enquiry: Enquiry) -> dict[str, Any]:
    """What the other side gets; docs/enquiries.md explains it."""
    return {
        "event": "enquiry.received",
        "id": enquiry.pk,
        "received_at": enquiry.received_at.isoformat(),
        "name": enquiry.name,
        "email": enquiry.email,
        "company": enquiry.company,
        "role": enquiry.role,
        "country": enquiry.country,
        "interest": enquiry.interest,
        "message": enquiry.message,
        "language": enquiry.language,
        "article": settings.SITE_URL + enquiry.origin_url if enquiry.origin_path else None,
        "consent": {"text": enquiry.consent_text, "version": enquiry.consent_version},
    }


def signature(body: bytes, secret: str, timestamp: int) -> str:
    """The header's value: `t=1732450000,v1=…`, a hexadecimal HMAC-SHA256 of `1732450000.` and the body."""
    signed = hmac.new(secret.encode(), b"%d.%s" % (timestamp, body), "sha256").hexdigest()
    return f"t={timestamp},v1={signed}"
