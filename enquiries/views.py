"""The form that readers see. It needs no session and no cookie: a signed token stands for both."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import addresses
from enquiries import delivery, limits
from enquiries.form_token import FormToken
from enquiries.forms import EnquiryForm
from enquiries.models import ConsentText, Enquiry, consent_version
from posts import editions, introductions, look
from posts.models import Post

FASTEST = timedelta(seconds=2)  # nobody fills in the form in less
OLDEST = timedelta(hours=24)
MOST_BYTES = 1024 * 1024
TRAP = "homepage"  # a field that people do not see and programs fill in


class Objection(models.TextChoices):
    """Why a form that is filled in well is handed back all the same, as the person is told."""

    TOO_FAST = "too_fast", gettext_lazy("That was quick. Please look it over and send it once more.")
    STALE = "stale", gettext_lazy("This page was open for a long time. Please send your message once more.")
    CONSENT_CHANGED = (
        "consent_changed",
        gettext_lazy("The consent was worded anew. Please read it and send your message once more."),
    )
    TRAPPED = (
        "trapped",
        gettext_lazy("A hidden field was filled in, as programs do. Please send your message once more."),
    )
    TOO_MANY = "too_many", gettext_lazy("Many messages have come from your network. Please try again in an hour.")
    TOO_LARGE = "too_large", gettext_lazy("That was far too long to be read. Please shorten it.")


# Nobody is signed in by this form and no cookie counts in it, so that there is nothing for another site to misuse.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to the page of thanks, or is back with all that was typed and what is to be mended."""
    if request.method == "POST":
        return _submitted(request)
    return _empty_form(request, _article_at(request.GET.get("from", "")))


@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """What comes next, and the way back to the article."""
    context = {
        "article": _article_at(request.GET.get("from", "")),
        "page_title": _("Thank you"),
        "noindex": True,
    }
    return render(request, "enquiries/thanks.html", context)


def _submitted(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _empty_form(request, None, Objection.TOO_LARGE)
    data = request.POST.copy()
    at, consent = clock.now(), _consent()
    version = consent_version(consent)
    article = _article_at(data.get("from", ""))
    token = FormToken.read(data.get("token", ""))
    if token is None or token.consent_version != version:
        data.pop("consent", None)  # it was given to other words, or to none that we know of
    form = EnquiryForm(data, consent_text=consent)
    objection = _objection(data, token, version, at)
    if form.errors and objection in {Objection.TOO_FAST, Objection.TRAPPED}:
        objection = None  # it has to be sent once more anyway
    if form.is_valid() and token and not objection:
        enquiry = _enquiry(form, token, article, consent)
        if _is_known(enquiry) or not limits.is_over(addresses.of_request(request)):
            return _received(enquiry)
        objection = Objection.TOO_MANY
    if token is None or objection in {Objection.STALE, Objection.CONSENT_CHANGED}:
        token = FormToken.issue(version, at)
    return _form_page(request, form, token, article, objection)


def _objection(data: QueryDict, token: FormToken | None, version: str, at: datetime) -> Objection | None:
    if token is None or token.age(at) > OLDEST:
        return Objection.STALE
    if token.consent_version != version:
        return Objection.CONSENT_CHANGED
    if token.age(at) < FASTEST:
        return Objection.TOO_FAST
    return Objection.TRAPPED if data.get(TRAP) else None


def _enquiry(form: EnquiryForm, token: FormToken, article: Post | None, consent: str) -> Enquiry:
    enquiry: Enquiry = form.save(commit=False)
    enquiry.language = editions.current()
    enquiry.consent_text, enquiry.consent_version = consent, token.consent_version
    enquiry.submission = token.submission(form.cleaned_data)
    if article:
        enquiry.origin_path, enquiry.origin_title = article.path, article.title
    return enquiry


def _is_known(enquiry: Enquiry) -> bool:
    return Enquiry.objects.filter(submission=enquiry.submission).exists()


def _received(enquiry: Enquiry) -> HttpResponse:
    """Stores first, and only then tries to send: what cannot be sent now stays in the outbox."""
    if Enquiry.objects.receive(enquiry):
        delivery.send(enquiry.deliveries.all(), clock.now())
    query = f"?{urlencode({'from': enquiry.origin_path})}" if enquiry.origin_path else ""
    return redirect(reverse("enquiries:thanks") + query)


def _empty_form(request: HttpRequest, article: Post | None, objection: Objection | None = None) -> HttpResponse:
    consent = _consent()
    token = FormToken.issue(consent_version(consent), clock.now())
    return _form_page(request, EnquiryForm(consent_text=consent), token, article, objection)


def _form_page(
    request: HttpRequest, form: EnquiryForm, token: FormToken, article: Post | None, objection: Objection | None = None
) -> HttpResponse:
    document = Post.objects.introducing(f"{editions.prefix()}contact/")
    shown = introductions.shown(document, _("Contact us"))
    title = shown["heading"]
    context: dict[str, Any] = shown | {
        "form": form,
        "token": token,
        "trap": TRAP,
        "article": article,
        "objection": objection,
        "contact_email": look.current().contact_email,
        "page_title": _("Please check: %(title)s") % {"title": title} if form.errors or objection else title,
        "canonical_url": settings.SITE_URL + reverse("enquiries:contact"),
    }
    statuses = {
        Objection.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
        Objection.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    }
    return render(request, "enquiries/contact.html", context, status=statuses.get(objection) if objection else None)


def _article_at(path: str) -> Post | None:
    """The live article at the path that a link gave; None for whatever else the link may hold."""
    if "\x00" in path:  # PostgreSQL knows no such text
        return None
    return Post.objects.articles().live().filter(path=path).only("path", "title", "language").first()


def _consent() -> str:
    return ConsentText.current(editions.current())
