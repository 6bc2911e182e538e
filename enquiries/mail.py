"""An enquiry as mail to the team."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enquiries.errors import DeliveryError
from enquiries.models import Enquiry


def send(enquiry: Enquiry) -> None:
    """Hands it to the mail server. Raises `DeliveryError`."""
    try:
        message(enquiry).send()
    except (OSError, ValueError) as error:  # SMTP's errors; an address that mail cannot carry
        raise DeliveryError.of(error) from error


def message(enquiry: Enquiry) -> EmailMessage:
    """In the site's first language; an answer goes to the person who asked."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Enquiry from %(company)s: %(interest)s") % {
            "company": enquiry.company,
            "interest": enquiry.get_interest_display(),
        }
        link = settings.SITE_URL + reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])
        context = {"enquiry": enquiry, "link": link, "site_url": settings.SITE_URL}
        body = render_to_string("enquiries/mail.txt", context)
    return EmailMessage(subject, body, to=settings.ENQUIRY_RECIPIENTS, reply_to=[enquiry.email])
