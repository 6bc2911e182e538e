"""Articles and pages."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from datetime import date as Day
from typing import Any, ClassVar, Self

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone as clock
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.models import User
from posts import editions
from posts.covers import CoverPicture
from posts.dates import EARLIEST, in_zone, rfc3339
from posts.markup import Markup
from posts.models.author import author_url, is_name
from posts.models.links import Link, quoted
from posts.models.published import PublishedQuerySet
from posts.models.revision import Revision
from posts.models.series import series_url
from posts.models.site_state import SiteState
from posts.models.tag import Tag, tags_of
from posts.slugs import term_slug

HEADINGS_WORTH_A_LIST = 3
MOST_LANGUAGES = 50  # a key that more posts share by mistake costs no more


def section_name(section: str) -> str:
    """A section in words: `market-access` gives `Market access`; `posts`, which every site has, in the reader's language."""
    return gettext("Posts") if section == "posts" else section.replace("-", " ").capitalize()


class LocalMonth(models.Func):
    """A post's month as its author's clock had it: `2024-06`."""

    output_field = models.CharField()

    def __init__(self) -> None:
        super().__init__(F("listed_at"), F("date_offset"))

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_: Any) -> Any:
        month = "strftime('%%%%Y-%%%%m', %(expressions)s || ' minutes')"
        return self.as_sql(compiler, connection, template=month)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> Any:
        month = "to_char(%(expressions)s * interval '1 minute', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=month, arg_joiner=" AT TIME ZONE 'UTC' + ")


class PostQuerySet(PublishedQuerySet):
    """Questions about posts that more than one place asks."""

    def articles(self) -> Self:
        """Without the documents that are a section's own title and introduction."""
        return self.filter(kind=Post.Kind.ARTICLE)

    def seen_by(self, user: User) -> Self:
        """Those that the person may see in the admin: all of them, or who edits only their own."""
        if not user.has_perm("posts.view_post"):
            return self.none()
        return self if user.has_perm("posts.change_any_post") else self.filter(owner=user)

    def waiting(self) -> Self:
        """Those of which editors have saved what readers do not see: of two revisions the later one has the larger key."""
        return self.filter(latest_revision__gt=F("live_revision"))

    def of_section(self, name: str, introduction: "Post | None") -> Self:
        """Those of a section by its name, or by its introduction's folder where that is inside another section
        (`posts/guides`) or has an address of its own."""
        if not introduction or introduction.section == name:
            return self.filter(section=name)
        folder = introduction.source_path.rpartition("/")[0]
        return self.filter(source_path__gt=f"{folder}/", source_path__lt=f"{folder}0")  # 0 comes after / at once

    def sections_at(self, paths: Iterable[str]) -> dict[str, str]:
        """The sections of these, in each edition, whose names end one of the paths: their own paths and their names."""
        names = {path.strip("/").rpartition("/")[2] for path in paths}
        found = self.filter(section__in=names).order_by().values_list("edition", "section").distinct()
        return {f"{editions.prefix(edition)}{section}/": section for edition, section in found}

    def with_site_state(self) -> Self:
        """`post.site_state` costs no query of its own."""
        names = ("generation", "changes", "main_sections")
        return self.annotate(**{f"state_{name}": models.Subquery(SiteState.objects.values(name)[:1]) for name in names})

    def with_month(self) -> Self:
        """`post.month` is the month of its date, such as `2024-06`."""
        return self.annotate(month=LocalMonth())

    def dated_in(self, month: Day) -> Self:
        """Those of the month that begins with this day, by their authors' clocks."""
        first = datetime(month.year, month.month, 1, tzinfo=UTC)
        near = (first - timedelta(days=1), first + timedelta(days=32))  # what an index finds
        return self.with_month().filter(listed_at__range=near, month=f"{month:%Y-%m}")

    def for_lists(self) -> Self:
        """Without the columns that only an article's own page shows; tags come along in one more query."""
        return self.defer("html", "contents", "source", "aliases").with_tags()

    def in_status(self, status: "Post.Status", at: datetime | None = None) -> Self:
        """Those that `Post.status` says this of."""
        at = at or clock.now()
        match status:
            case Post.Status.DRAFT:
                return self.filter(public_from=None, draft=True)
            case Post.Status.SCHEDULED:
                return self.filter(public_from__gt=at)
            case Post.Status.EXPIRED:
                return self.filter(Q(public_from=None, draft=False, held=[]) | Q(public_until__lte=at))
            case Post.Status.HELD:
                return self.filter(public_from=None, draft=False).exclude(held=[])
        return self.live(at)

    def at(self, path: str) -> list["Post"]:
        """The post at this path, and behind it the same in other languages; none if it is not among these. One query."""
        key = Post.objects.filter(path=path).values("translation_key")[:1]
        here_first = models.Case(models.When(path=path, then=0), default=1)
        found = list(
            self.filter(translation_key=models.Subquery(key)).order_by(here_first, "language")[:MOST_LANGUAGES]
        )
        if not found or found[0].path != path:
            return []
        return [found[0], *(other for other in found[1:] if other.language != found[0].language)]

    def with_tags(self) -> Self:
        """`post.tag_list` costs one query for all the posts."""
        return self.prefetch_related(tags_of("tagged"))

    def ending(self, after: datetime, until: datetime) -> Self:
        """Those that readers see no more from a moment on that lies after the one and not after the other."""
        return self.filter(public_until__gt=after, public_until__lte=until)

    def coming_changes(self, after: datetime, most: int) -> list[datetime]:
        """The next moments at which a scheduled post appears or an expiring one goes, in order."""
        starts = self.filter(public_from__gt=after).values_list("public_from", flat=True)
        ends = self.filter(public_until__gt=after).values_list("public_until", flat=True)
        return list(starts.order_by().union(ends.order_by()).order_by("public_from")[:most])

    def introducing(self, path: str) -> "Post | None":
        """The live document that gives the site's own page at this path its title and introduction."""
        return self.introductions(path).only(*Post.OF_INTRODUCTIONS).first()

    def introductions(self, path: str, tag: Tag | None = None) -> Self:
        """What may introduce the site's own page at this path, the first before others: its own address may lack the final
        slash, and that of a tag may be where the tag was before."""
        stands_there = Q(path__in={path, path.rstrip("/") or path})
        if tag and tag.pk:
            before = Concat(Value(editions.prefix()[:-1]), "old_path")
            stands_there |= Q(path__in=tag.redirects.filter(old_path__startswith=Tag.FOLDER).values_list(before))
        return (
            self.live().filter(stands_there).order_by(models.Case(models.When(path=path, then=0), default=1), "-path")
        )


class Post(models.Model):
    """An article, or a page. Its columns are the projection of `live_revision`'s document (`posts.projection`)."""

    NEWEST_FIRST = ("-listed_at", "-id")
    OF_INTRODUCTIONS = (
        *("id", "kind", "title", "path", "section", "language", "description", "summary", "html", "words"),
        *("source_path", "cover", "cover_alt", "cover_caption"),
    )
    """The columns that pages which a document introduces show or ask of it."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        SECTION = "section", _("section's introduction")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        LIVE = "live", _("Live")
        EXPIRED = "expired", _("Expired")
        HELD = "held", _("Held back")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ARTICLE, editable=False)
    title = models.CharField(_("title"), max_length=500)
    slug = models.CharField(max_length=300)
    path = models.CharField(_("URL path"), max_length=500, unique=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    edition = models.CharField(max_length=10, default=editions.first, editable=False)

    date = models.DateTimeField(null=True, blank=True)
    date_offset = models.SmallIntegerField(_("minutes east of UTC, as written"), default=0)
    listed_at = models.DateTimeField(_("date by which lists are in order"), default=EARLIEST, editable=False)
    publish_date = models.DateTimeField(null=True, blank=True)
    expiry_date = models.DateTimeField(null=True, blank=True)
    last_modified = models.DateTimeField(null=True, blank=True)
    draft = models.BooleanField(_("draft"), default=False)
    public_from = models.DateTimeField(null=True, editable=False)
    public_until = models.DateTimeField(null=True, editable=False)
    held = models.JSONField(_("why checks keep it from readers"), default=list, editable=False)

    tags = TaggableManager(through="TaggedPost", blank=True)
    description = models.TextField(_("description"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    markup = models.CharField(
        _("markup"), max_length=20, choices=[(m.value, m.label) for m in Markup], default=Markup.COMMONMARK.value
    )
    cover = models.CharField(max_length=1000, blank=True)
    cover_alt = models.TextField(_("cover alt"), blank=True)
    cover_caption = models.TextField(_("cover caption"), blank=True)
    authors = models.JSONField(default=list, blank=True)
    series = models.JSONField(default=list, blank=True)
    series_weight = models.PositiveIntegerField(null=True, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    canonical_url = models.CharField(max_length=1000, blank=True)
    options = models.JSONField(_("display options"), default=dict, blank=True)

    html = models.TextField(blank=True, editable=False)
    contents = models.JSONField(default=list, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)
    minutes = models.PositiveIntegerField(default=1, editable=False)
    renderer_version = models.PositiveIntegerField(default=0, editable=False)

    source_path = models.CharField(_("file in the content folder"), max_length=1000, unique=True, editable=False)
    source = models.JSONField(_("how its site reads the file"), default=dict, editable=False)
    translation_key = models.CharField(
        _("what its translations share"), max_length=1000, db_index=True, editable=False, default=""
    )
    file_hash = models.CharField(_("SHA-256 of the file last imported"), max_length=64, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="posts", editable=False
    )
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    live_revision = models.ForeignKey(Revision, models.RESTRICT, null=True, related_name="+", editable=False)
    latest_revision = models.ForeignKey(Revision, models.RESTRICT, null=True, related_name="+", editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions: ClassVar = [
            ("publish_post", gettext_noop("Can publish posts")),
            ("change_any_post", gettext_noop("Can change other people's posts and published ones")),
        ]
        indexes: ClassVar = [
            # Each covers its list's order and its count, so that neither reads a row it does not show.
            models.Index(
                "section",
                "edition",
                "kind",
                F("listed_at").desc(),
                F("id").desc(),
                "public_from",
                "public_until",
                name="post_by_section",
            ),
            models.Index(F("listed_at").desc(), F("id").desc(), "public_from", "public_until", name="post_by_date"),
            models.Index("slug", name="post_by_slug"),
            models.Index("public_until", condition=Q(public_until__isnull=False), name="post_expiring"),
            models.Index("public_from", condition=Q(public_from__isnull=False), name="post_appearing"),
            # The admin's.
            models.Index("owner", F("listed_at").desc(), F("id").desc(), name="post_by_owner"),
            models.Index("owner", "public_from", name="post_of_owner_appearing"),
            models.Index("language", F("listed_at").desc(), F("id").desc(), name="post_by_language"),
            models.Index("title", "id", name="post_by_title"),
            models.Index("publish_date", condition=Q(publish_date__isnull=False), name="post_publish_date"),
            models.Index(
                F("latest_revision").desc(), "owner", condition=Q(public_from__isnull=True), name="post_unpublished"
            ),
            models.Index(
                F("latest_revision").desc(), condition=Q(latest_revision__gt=F("live_revision")), name="post_waiting"
            ),
            models.Index("owner", condition=Q(latest_revision__gt=F("live_revision")), name="post_of_owner_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(path__startswith="/"), name="post_path_is_absolute"),
            models.CheckConstraint(
                condition=Q(public_until=None) | Q(public_from__lt=F("public_until")), name="post_public_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return quoted(self.path)

    @property
    def has_waiting_changes(self) -> bool:
        """Whether editors have written what readers do not see yet, or will not at the post's moment."""
        return self.latest_revision_id != self.live_revision_id

    def status(self, at: datetime | None = None) -> "Post.Status":
        """What readers see of it at that moment (default: now)."""
        at = at or clock.now()
        if self.public_from is None:
            past = Post.Status.HELD if self.held else Post.Status.EXPIRED
            return Post.Status.DRAFT if self.draft else past
        if self.public_until and self.public_until <= at:
            return Post.Status.EXPIRED
        return Post.Status.LIVE if self.public_from <= at else Post.Status.SCHEDULED

    @property
    def tag_list(self) -> list[Tag]:
        """Its tags in the order written; costs no query after `with_tags()`."""
        return [tagged.tag for tagged in sorted(self.tagged.all(), key=lambda tagged: tagged.position)]

    @property
    def published_at(self) -> datetime | None:
        """The date with the offset that its author wrote."""
        return self.date and self.date.astimezone(self.time_zone)

    @property
    def last_modified_at(self) -> datetime | None:
        return self.last_modified and in_zone(self.last_modified, self.time_zone)

    @property
    def changed_at(self) -> datetime:
        """When readers saw it change last: it was written, or it appeared."""
        return max(self.updated_at, self.public_from or self.updated_at)

    @property
    def published_iso(self) -> str:
        return rfc3339(self.published_at) if self.published_at else ""

    @property
    def last_modified_iso(self) -> str:
        return rfc3339(self.last_modified_at) if self.last_modified_at else ""

    @property
    def status_label(self) -> str:
        return str(self.status().label)

    @property
    def bylines(self) -> list[Link]:
        """Its authors as they sign, each with their page; a text too long for a name has none, and an empty URL."""
        return [Link(name, author_url(term_slug(name)) if is_name(name) else "") for name in self.authors]

    @property
    def series_links(self) -> list[Link]:
        """The series that it is a part of, each with its page."""
        return [Link(name, series_url(term_slug(name))) for name in self.series if is_name(name)]

    @property
    def cover_picture(self) -> CoverPicture | None:
        """The cover as templates show it."""
        return CoverPicture.of(self.cover, self.cover_alt, self.cover_caption, self.options) if self.cover else None

    @property
    def shows_reading_time(self) -> bool:
        return bool(self.options.get("ShowReadingTime", True))

    @property
    def show_toc(self) -> bool:
        """Whether the contents list is shown: as the document says, else where there is something to list."""
        return bool(self.options.get("ShowToc", len(self.contents) >= HEADINGS_WORTH_A_LIST))

    @property
    def site_state(self) -> "SiteState":
        """The site's state as it was when the post was fetched `with_site_state`."""
        said = {name: vars(self)[f"state_{name}"] for name in ("generation", "changes", "main_sections")}
        return SiteState(pk=1, **said)

    @property
    def language_name(self) -> str:
        """The language's own name where the site knows it, else its code."""
        return dict(settings.LANGUAGES).get(self.language.lower(), self.language)

    @property
    def direction(self) -> str:
        """HTML's `dir`: right to left where the language is written so, else as the text itself begins."""
        language = self.language.lower().partition("-")[0]
        return "rtl" if LANG_INFO.get(language, {}).get("bidi") else "auto"

    @property
    def section_title(self) -> str:
        """The section's name in words."""
        return section_name(self.section)

    @property
    def section_url(self) -> str:
        return quoted(f"{editions.prefix(self.edition)}{self.section}/")

    @property
    def reviewed_on(self) -> Day | None:
        """The day of the last medical review, where the document names one."""
        day = self.options.get("lastReviewed")
        return Day.fromisoformat(day) if day else None

    @property
    def toc_open(self) -> bool:
        return bool(self.options.get("TocOpen", False))

    @property
    def time_zone(self) -> timezone:
        return timezone(timedelta(minutes=self.date_offset)) if self.date_offset else UTC
