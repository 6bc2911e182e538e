"""What is known of images, and which posts use them."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from operator import or_
from pathlib import PurePosixPath
from typing import ClassVar, Self
from urllib.parse import unquote

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from posts import images
from posts.models.author import Author
from posts.models.post import Post
from posts.models.site_settings import SiteSettings

LICENCE_WARNING = timedelta(days=30)
"""How long before a licence ends editors are told."""


class ImageQuerySet(models.QuerySet):
    """Questions about images that more than one place asks."""

    def expiring(self, within: timedelta) -> Self:
        """Those whose licence still holds today and ends within that time."""
        today = clock.now().date()
        return self.filter(licence_expires__range=(today, today + within))

    def expired(self) -> Self:
        """Those whose licence has ended: its last day is over."""
        return self.filter(licence_expires__lt=clock.now().date())

    def lapsing(self, within: timedelta) -> Self:
        """Those whose licence has ended or ends within that time, the first to end first."""
        return self.filter(licence_expires__lte=clock.now().date() + within).order_by("licence_expires")

    def used_by(self, post: Post) -> Self:
        """Those that the post shows, to readers or in the draft that waits."""
        return self.filter(pk__in=ImageUse.objects.filter(post=post).values("image"))

    def matching(self, text: str) -> Self:
        """Those whose title, alternative text, credit or address holds the text; the latest first."""
        fields = ("title", "alt", "credit", "address")
        wanted = reduce(or_, (Q(**{f"{field}__icontains": text}) for field in fields))
        return self.filter(wanted).order_by("-id")

    def unused(self) -> Self:
        """Those that no post, author or setting of the site shows."""
        return self.exclude(models.Exists(ImageUse.objects.filter(image=models.OuterRef("pk")))).exclude(
            Q(address__in=Author.objects.values("photo")) | Q(address__in=SiteSettings.objects.values("logo"))
        )

    def with_post_count(self) -> Self:
        """`image.post_count` is how many posts show it."""
        uses = ImageUse.objects.filter(image=models.OuterRef("pk")).order_by().values("image")
        counted = uses.annotate(posts=models.Count("post", distinct=True)).values("posts")
        return self.annotate(post_count=models.functions.Coalesce(models.Subquery(counted), 0))


class Image(models.Model):
    """What is known of an image by its address, as posts write it."""

    LONGEST_ADDRESS = 500  # characters: what an index of PostgreSQL holds in any script

    class Storage(models.TextChoices):
        LOCAL = "local", _("This site")
        CLOUDINARY = "cloudinary", _("Cloudinary")
        ELSEWHERE = "elsewhere", _("Elsewhere")

    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    alt = models.TextField(_("alt text"), blank=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    licence_url = models.URLField(_("licence's address"), max_length=500, blank=True)
    licence_expires = models.DateField(_("licence's last day"), null=True, blank=True)
    storage = models.CharField(_("storage"), max_length=10, choices=Storage, editable=False)
    kind = models.CharField(_("kind"), max_length=10, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, editable=False)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    added_at = models.DateTimeField(_("added"), default=clock.now, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index("licence_expires", condition=Q(licence_expires__isnull=False), name="image_by_licence"),
            models.Index("kind", F("id").desc(), name="image_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def at(cls, address: str, alt: str = "") -> Self:
        """A new image, with what its address tells of it."""
        facts = images.facts(address)
        width, height = facts.size or (None, None)
        return cls(
            address=address,
            alt=alt,
            storage=facts.storage,
            kind=facts.kind,
            width=width,
            height=height,
            size_bytes=facts.size_bytes,
        )

    @classmethod
    def is_address(cls, address: str) -> bool:
        """Whether there can be a row for it: a path on the site or an address on the web, not too long."""
        return len(address) <= cls.LONGEST_ADDRESS and address.startswith(("/", "https://", "http://"))

    @property
    def name(self) -> str:
        """Its title, else the readable part of its address."""
        return self.title or images.readable_name(unquote(PurePosixPath(self.address.partition("?")[0]).name))

    @property
    def thumbnail(self) -> images.BodyPicture:
        """The image as lists show it; once replaced, under an address that no browser remembers the old one by."""
        shown = images.thumbnail(self.address)
        if self.replaced_at is None:
            return shown
        return replace(shown, src=f"{shown.src}?replaced={self.replaced_at:%Y%m%d%H%M%S}")

    @property
    def is_shown(self) -> bool:
        """Whether the site's security policy lets browsers load it."""
        return images.is_allowed(self.address)

    @property
    def is_replaceable(self) -> bool:
        """Whether another file can be put in its place."""
        return images.is_ours(self.address)

    @property
    def is_used(self) -> bool:
        return not Image.objects.filter(pk=self.pk).unused().exists()

    @property
    def licence_state(self) -> str:
        """`expired`, `expiring` where that is near, or "" for neither."""
        if not self.licence_expires:
            return ""
        left = self.licence_expires - clock.now().date()
        return "expired" if left < timedelta() else "expiring" if left <= LICENCE_WARNING else ""


class ImageUse(models.Model):
    """An image that a post shows: to readers, or in the draft that waits."""

    class Place(models.TextChoices):
        COVER = "cover", _("cover")
        BODY = "body", _("text")

    image = models.ForeignKey(Image, models.RESTRICT, related_name="uses")
    post = models.ForeignKey(Post, models.CASCADE, related_name="image_uses", db_index=False)
    place = models.CharField(max_length=5, choices=Place)
    in_draft = models.BooleanField(_("only in the draft that waits"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "in_draft", "place", "image"], name="image_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.post}"
