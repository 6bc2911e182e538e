"""What the list of posts is filtered by: each stays in the address, so that a view of the list can be kept and shared."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posts import counts
from posts.dates import EARLIEST
from posts.models import AuthoredPost, Post, PostQuerySet, Tag, TaggedPost
from posts.slugs import term_slug

WAITING = "waiting"
ME = "me"
FEW = 1000  # posts of a tag or an author


class StatusFilter(admin.SimpleListFilter):
    """By what readers see now, or by what they do not see yet."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*((status.value, status.label) for status in Post.Status), (WAITING, _("Draft waits"))]

    def queryset(self, request: HttpRequest, queryset: PostQuerySet) -> PostQuerySet:  # type: ignore[override]
        status = self.value()
        if status == WAITING:
            return queryset.waiting()
        if status == Post.Status.LIVE:
            return queryset.live_by_date()
        return queryset.in_status(Post.Status(status)) if status in Post.Status.values else queryset


class TextFilter(admin.SimpleListFilter):
    """By a text, from which what PostgreSQL takes for no text is left out."""

    def value(self) -> str | None:
        return (super().value() or "").replace("\0", "") or None


class ColumnFilter(TextFilter):
    """By a column of few values, which are looked up once a generation."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        name = str(self.parameter_name)

        def names(*_: Any) -> list[str]:
            return list(Post.objects.order_by(name).values_list(name, flat=True).distinct())

        return [(each, each) for each in counts.once_a_generation(f"admin.{name}", names, edition="") if each]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class SectionFilter(ColumnFilter):
    """By section."""

    title = _("section")
    parameter_name = "section"


class LanguageFilter(ColumnFilter):
    """By language."""

    title = _("language")
    parameter_name = "language"


class DateFilter(admin.SimpleListFilter):
    """By year, and of a chosen year by month: `2026`, `2026-11`. No year's posts are counted to offer it."""

    title = _("date")
    parameter_name = "date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        years = [(str(year), str(year)) for year in self._years()]
        chosen = self._chosen()
        if chosen is None:
            return years
        year, _month = chosen
        return [(str(year), str(year)), *((f"{year}-{n:02}", f"{MONTHS[n]} {year}") for n in range(12, 0, -1))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self._chosen()
        if chosen is None:
            return queryset
        year, month = chosen
        first = datetime(year, month or 1, 1, tzinfo=UTC)
        end = datetime(year + (month in (None, 12)), (month or 12) % 12 + 1, 1, tzinfo=UTC)
        return queryset.filter(listed_at__gte=first, listed_at__lt=end)

    def _chosen(self) -> tuple[int, int | None] | None:
        found = re.fullmatch(r"(\d{4})(?:-(\d\d))?", self.value() or "", re.ASCII)
        if not found:
            return None
        year, month = int(found[1]), int(found[2]) if found[2] else None
        return (year, month) if 0 < year < 9999 and month in (None, *range(1, 13)) else None

    def _years(self) -> list[int]:
        """Those that have posts, the latest first; one step along the index for each, once a generation."""

        def years(*_: Any) -> list[int]:
            dates = (
                Post.objects.filter(listed_at__gt=EARLIEST).order_by("-listed_at").values_list("listed_at", flat=True)
            )
            found: list[int] = []
            date = dates.first()
            while date:
                found.append(date.year)
                date = dates.filter(listed_at__lt=datetime(date.year, 1, 1, tzinfo=UTC)).first()
            return found

        return counts.once_a_generation("admin.years", years, edition="")


class TypedFilter(TextFilter):
    """By a name that is typed, where there are too many to list. The names that fit are offered meanwhile."""

    template = "admin/posts/post/filter_typed.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("", "")]  # Django shows no filter without any

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One: the form, with what else the address says."""
        kept = {name: values for name, values in changelist.filter_params.items() if name != self.parameter_name}
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "names_of": self.parameter_name,  # see `suggestions`
            "kept": [(name, value) for name, values in kept.items() for value in values],
            "without": changelist.get_query_string(remove=[str(self.parameter_name)]),
        }


class TagFilter(TypedFilter):
    """By tag."""

    title = _("tag")
    parameter_name = "tag"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        slug = term_slug(str(self.value()))
        return _of_posts(queryset, TaggedPost.objects.filter(tag=Tag.objects.filter(slug=slug).first()))


class AuthorFilter(TypedFilter):
    """By whoever the post names as its author."""

    title = _("author")
    parameter_name = "author"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        slug = term_slug(str(self.value()))
        return _of_posts(queryset, AuthoredPost.objects.filter(slug=slug))


def _of_posts(posts: QuerySet, rows: QuerySet) -> QuerySet:
    """The posts that these rows belong to: few are fetched and sorted, of many the newest are looked for by date."""
    if rows[: FEW + 1].count() <= FEW:
        return posts.filter(pk__in=rows.values("content_object"))
    return posts.filter(Exists(rows.filter(content_object=OuterRef("pk"))))


class OwnerFilter(TypedFilter):
    """By the account that began the post, by its name; `me` is one's own."""

    title = _("owner")
    parameter_name = "owner"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        own = self.value() == ME
        return queryset.filter(owner=request.user.pk) if own else queryset.filter(owner__username=self.value())


FILTERS = (StatusFilter, DateFilter, SectionFilter, LanguageFilter, TagFilter, AuthorFilter, OwnerFilter)


def kept_views() -> list[tuple[str, str]]:
    """Views of the list that are wanted every day, each with its address behind the list's own."""
    return [
        (gettext("My drafts"), f"?status={Post.Status.DRAFT}&owner={ME}"),
        (gettext("Scheduled"), f"?status={Post.Status.SCHEDULED}"),
        (gettext("Draft waits"), f"?status={WAITING}"),
    ]
