"""What an editor's desk shows of enquiries."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from enquiries.models import Delivery
from posts.desk import ROWS, Row, Section


def failed_deliveries(user: User, at: datetime) -> Section | None:
    """Enquiries that have not reached the team, the longest waiting first; None for who may not read enquiries."""
    if not user.has_perm("enquiries.view_enquiry"):
        return None
    failed = Delivery.objects.filter(sent_at=None).exclude(last_error="").order_by("next_attempt_at", "pk")
    rows = [
        Row(
            gettext("Enquiry %(number)s") % {"number": each.enquiry_id},
            reverse("admin:enquiries_enquiry_change", args=[each.enquiry_id]),
            each.next_attempt_at,
            (each.get_channel_display(), each.last_error),
        )
        for each in failed[:ROWS]
    ]
    return Section(
        gettext("Enquiries that did not arrive"),
        rows,
        gettext("Every enquiry has reached the team."),
        reverse("admin:enquiries_enquiry_changelist"),
    )
