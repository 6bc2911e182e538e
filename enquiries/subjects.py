"""What a person can ask of the site by their e-mail address: a copy of all that it holds of them, and its erasure."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from enquiries.models import Enquiry, EnquiryQuerySet

_FIELDS = (
    "received_at",
    "name",
    "email",
    "company",
    "role",
    "country",
    "interest",
    "message",
    "language",
    "origin_path",
    "origin_title",
    "consent_text",
    "consent_version",
    "status",
    "note",
)


def copy(enquiries: EnquiryQuerySet) -> str:
    """All that is stored of these enquiries, as JSON that people can read too."""
    whole = [_copied(enquiry) for enquiry in enquiries.order_by("received_at").prefetch_related("deliveries")]
    return json.dumps({"enquiries": whole}, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder) + "\n"


def _copied(enquiry: Enquiry) -> dict[str, Any]:
    deliveries = [{"to": each.channel, "sent_at": each.sent_at} for each in enquiry.deliveries.all()]
    return {name: getattr(enquiry, name) for name in _FIELDS} | {"handed_on": deliveries}
