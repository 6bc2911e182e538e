"""What is stored: enquiries, the words that people consented to, and what is still to be sent of each enquiry."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone as clock
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import models as audit
from posts import look
from posts.models import quoted

MESSAGE_CHARACTERS = 5_000
CLAIMED_FOR = timedelta(minutes=5)  # longer than an attempt can take; a worker that died in one is replaced after it
LONGEST_WAIT = timedelta(hours=12)
ERROR_CHARACTERS = 500


class ConsentText(models.Model):
    """The words beside the form's tick box, in one language. Rows are only ever added: the latest is the one in force."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), max_length=2_000, help_text=_("Shown as it stands, without any marks."))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("author"), related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("in force from"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.language} {consent_version(self.text)[:12]}"

    @classmethod
    def current(cls, language: str) -> str:
        """The words in force in this language; the product's own while none were written."""
        written = cls.objects.filter(language=language).first()
        return written.text if written else _standard_consent()


def consent_version(text: str) -> str:
    """The version of a consent: the SHA-256 of its words, so that no two texts can share one."""
    return sha256(text.encode()).hexdigest()


def _standard_consent() -> str:
    words = gettext(
        "I agree that %(site)s stores what I enter here and uses it to answer me. It is erased after %(days)d days"
        " at the latest, and sooner if I ask for it at %(email)s."
    )
    site = look.current()
    return words % {
        "site": site.name,
        "days": settings.ENQUIRY_RETENTION_DAYS,
        "email": site.contact_email,
    }


class EnquiryQuerySet(models.QuerySet):
    """Questions about enquiries, and their coming and going."""

    def receive(self, enquiry: "Enquiry") -> bool:
        """Stores it with what is to be sent of it; False where the same submission is stored already."""
        try:
            with transaction.atomic():
                enquiry.save(force_insert=True)
                Delivery.objects.bulk_create(Delivery(enquiry=enquiry, channel=each) for each in Delivery.channels())
        except IntegrityError:
            if not self.filter(submission=enquiry.submission).exists():
                raise
            return False
        return True

    def of(self, email: str) -> Self:
        """Those of one person, by the address they gave, in whatever case."""
        return self.filter(email__iexact=email.strip())

    def outlived(self, at: datetime) -> Self:
        """Those that were kept as long as the site promises to keep them."""
        return self.filter(received_at__lte=at - timedelta(days=settings.ENQUIRY_RETENTION_DAYS))

    def erase(self, *, by: User | None = None) -> int:
        """Deletes them with all that was to be sent of them; how many there were."""
        with transaction.atomic():
            self.record("erased", by=by)
            return int(self.delete()[1].get(Enquiry._meta.label, 0))

    def record(self, what: str, *, by: User | None = None) -> None:
        """Tells the audit trail what is done with all of these: their numbers, and not a word of the people behind them."""
        if numbers := sorted(self.values_list("pk", flat=True)):
            audit.record([audit.Event(f"enquiries.{what}", after={"enquiries": numbers})], by=by)


class Enquiry(models.Model):
    """What somebody wrote in the form, under which consent, and how far its handling is."""

    class Interest(models.TextChoices):
        PROGRAMME = "programme", _("Content for our product or programme")
        ARTICLE = "article", _("An article or its subject")
        COLLABORATION = "collaboration", _("A collaboration")
        PRESS = "press", _("Press and events")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        NEW = "new", _("New")
        IN_WORK = "in_work", _("In work")
        DONE = "done", _("Done")
        SPAM = "spam", _("Spam")

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    email = models.EmailField(_("work e-mail"), max_length=254)
    company = models.CharField(_("company"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=100)
    interest = models.CharField(_("what it is about"), max_length=20, choices=Interest)
    message = models.TextField(_("message"), max_length=MESSAGE_CHARACTERS)
    language = models.CharField(_("language of the form"), max_length=10)
    origin_path = models.CharField(_("path of the article they came from"), max_length=500, blank=True)
    origin_title = models.CharField(_("article they came from"), max_length=500, blank=True)

    consent_text = models.TextField(_("consent as it was shown"))
    consent_version = models.CharField(_("version of the consent (SHA-256)"), max_length=64)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    submission = models.CharField(_("SHA-256 of the form as sent"), max_length=64, unique=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("handled by"),
        related_name="enquiries",
    )

    note = models.TextField(
        _("note"),
        max_length=2_000,
        blank=True,
        help_text=_("For the team. The person gets it with a copy of their data."),
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        permissions: ClassVar = [("export_enquiry", gettext_noop("Can export enquiries"))]
        indexes: ClassVar = [models.Index(F("received_at").desc(), F("id").desc(), name="enquiry_by_date")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["new", "in_work", "done", "spam"]), name="enquiry_status_is_known"
            )
        ]

    def __str__(self) -> str:
        """Without a word of the person's: this is what logs and the admin's history hold."""
        return gettext("Enquiry %(number)s") % {"number": self.pk}

    @property
    def origin_url(self) -> str:
        """The path as a link holds it; empty where they came from no article."""
        return quoted(self.origin_path)

    def move(self, status: Status, *, by: User) -> None:
        """Sets how far it is; who moves one that nobody handles becomes its handler."""
        self.status = status
        self.handler = self.handler or by
        self.keep(by=by)

    def keep(self, *, by: User) -> None:
        """Stores how far it is, who handles it and the team's note.

        The audit trail, from which nothing can be erased, learns of the note only that it was changed.
        """
        with transaction.atomic():
            before = Enquiry.objects.select_related("handler").get(pk=self.pk)
            self.save(update_fields=["status", "handler", "note"])
            was, now = before._handling(), self._handling()
            changed = {name for name in now if was[name] != now[name]}
            before_it = {name: was[name] for name in changed}
            after_it = {name: now[name] for name in changed}
            if before.note != self.note:
                after_it["note"] = "(not shown)"
            if after_it:
                subject = f"{self._meta.label_lower}:{self.pk}"
                audit.record([audit.Event("enquiry.changed", subject, str(self), before_it, after_it)], by=by)

    def _handling(self) -> dict[str, str]:
        return {"status": self.status, "handler": self.handler.get_username() if self.handler else ""}


class DeliveryQuerySet(models.QuerySet):
    """The outbox."""

    def due(self, at: datetime) -> Self:
        """What is to be tried at that moment, the longest waiting first."""
        return self.filter(sent_at=None, next_attempt_at__lte=at).order_by("next_attempt_at", "pk")

    def claim(self, at: datetime) -> "Delivery | None":
        """One that is due, with its enquiry: no other worker gets it until it is sent, has failed or is overdue."""
        with transaction.atomic():
            waiting = self.due(at).select_related("enquiry").select_for_update(skip_locked=True, of=("self",))
            delivery: Delivery | None = waiting.first()
            if delivery:
                delivery.attempts += 1
                delivery.next_attempt_at = at + CLAIMED_FOR
                delivery.save(update_fields=["attempts", "next_attempt_at"])
        return delivery

    def send_again(self, at: datetime) -> None:
        """Makes all of them due, those too that were sent."""
        self.update(sent_at=None, next_attempt_at=at)


class Delivery(models.Model):
    """One enquiry on its way to one place. It stays due, ever more rarely tried, until it has arrived."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail to the team")
        WEBHOOK = "webhook", _("Webhook")

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="deliveries", verbose_name=_("enquiry"))
    channel = models.CharField(_("to"), max_length=10, choices=Channel)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(_("last error"), max_length=ERROR_CHARACTERS, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes: ClassVar = [
            models.Index("next_attempt_at", "id", condition=Q(sent_at__isnull=True), name="delivery_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enquiry", "channel"], name="one_delivery_an_enquiry_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"

    @classmethod
    def channels(cls) -> Iterable[Channel]:
        """Where this site sends enquiries."""
        yield cls.Channel.MAIL
        if settings.ENQUIRY_WEBHOOK_URL:
            yield cls.Channel.WEBHOOK

    def succeeded(self, at: datetime) -> None:
        self._keep(sent_at=at, last_error="")

    def failed(self, error: str, at: datetime) -> None:
        """Due again after one minute, then two, four and so on."""
        wait = min(timedelta(minutes=2 ** min(self.attempts - 1, 20)), LONGEST_WAIT)
        self._keep(next_attempt_at=at + wait, last_error=error[:ERROR_CHARACTERS])

    def _keep(self, **values: object) -> None:
        """Nothing is left to write where the enquiry was erased in the meantime."""
        Delivery.objects.filter(pk=self.pk).update(**values)
