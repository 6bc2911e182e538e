"""The publishing calendar: a month's posts on their days, and another day given to one of them."""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone as clock
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from accounts.sessions import user_of
from posts.admin.bulk_actions import MOVE, DayForm, carried_out
from posts.dates import in_zone, month
from posts.models import Post, PostQuerySet, Undo

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

MOST = 2000  # posts of one kind that a month shows
SHOWN = 5  # of a day, the others fold out
FIRST_YEAR, LAST_YEAR = 1900, 2200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """A post at one of its moments, by its author's clock. `revision` is the latest, as it is seen here."""

    pk: int
    title: str
    status: Post.Status
    at: datetime
    revision: int | None
    waits: bool = False
    expires: bool = False
    may_move: bool = False

    @property
    def time(self) -> str:
        """As its author's clock has it: a template would show it by the server's."""
        return f"{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day. `more` are the posts that fold out."""

    day: date
    is_in_month: bool
    is_today: bool
    items: list[Item]
    more: list[Item]


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The calendar, and the form that moves a post, which is also where a drop is sent."""
    pages, own = CalendarPages(admin), admin.admin_site.admin_view
    return [
        path("calendar/", own(never_cache(pages.month)), name="posts_post_calendar"),
        path("<int:pk>/move/", own(never_cache(pages.moved)), name="posts_post_move"),
    ]


class CalendarPages:
    """The pages, for those who may see posts, with the posts that they may see."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def month(self, request: HttpRequest) -> HttpResponse:
        """The month that the address names, else the one at hand."""
        if not self.admin.has_view_or_change_permission(request):
            raise PermissionDenied
        today = clock.now().date()
        wanted = month(request.GET.get("month", ""))
        first = wanted if wanted and FIRST_YEAR <= wanted.year <= LAST_YEAR else today.replace(day=1)
        posts: PostQuerySet = self.admin.get_queryset(request)  # type: ignore[assignment]
        items = list(_items(posts, first, lambda post: self._may_move(request, post)))
        context = self.admin.admin_site.each_context(request) | {
            "title": gettext("Publishing calendar"),
            "opts": self.admin.opts,
            "first": first,
            "weeks": _weeks(first, today, items),
            "today": today,
            "previous": _moved(first, -1),
            "next": _moved(first, 1),
            "undo": Undo.objects.open(user_of(request)).first(),
        }
        return TemplateResponse(request, "admin/posts/post/calendar.html", context)

    def moved(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gives the post another day; asks first where readers would see a difference at once."""
        post = self.admin.allowed_post(request, pk, self._may_move)
        form = DayForm(request.POST or None, initial={"day": _moment(post).date()})
        day = form.cleaned_data["day"] if form.is_valid() else _moment(post).date()
        back = f"{reverse('admin:posts_post_calendar')}?month={day:%Y-%m}#post-{pk}"
        if request.method != "POST":
            return self._form(request, post, form, back)
        if request.POST.get("revision", str(post.latest_revision_id)) != str(post.latest_revision_id):
            told = gettext("“%(title)s” was saved by someone else meanwhile. It was not moved.")
            self.admin.message_user(request, told % {"title": post.title}, messages.ERROR)
            return HttpResponseRedirect(back)
        return carried_out(request, self.admin, MOVE, Post.objects.filter(pk=pk), back=back, asks=False)

    def _form(self, request: HttpRequest, post: Post, form: DayForm, back: str) -> HttpResponse:
        context = self.admin.admin_site.each_context(request) | {
            "title": MOVE.label,
            "subtitle": post.title,
            "opts": self.admin.opts,
            "action": MOVE,
            "form": form,
            "post": post,
            "back": back,
        }
        return TemplateResponse(request, "admin/posts/post/bulk.html", context)

    def _may_move(self, request: HttpRequest, post: Post) -> bool:
        if not self.admin.has_change_permission(request, post):
            return False
        return post.status() is Post.Status.DRAFT or self.admin.has_publish_permission(request)


def _moved(first: date, months: int) -> date | None:
    """The first of a month before or after; None where the calendar ends."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1) if FIRST_YEAR <= year <= LAST_YEAR else None


def _days(first: date) -> list[list[date]]:
    """The weeks that hold the month, from Monday to Sunday."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def _moment(post: Post) -> datetime:
    """When it goes live, by its author's clock."""
    return in_zone(post.publish_date or post.date or clock.now(), post.time_zone)


def _items(posts: PostQuerySet, first: date, may_move: Callable[[Post], bool]) -> Iterable[Item]:
    """Three queries, each along an index: by date, by publish date, and what expires."""
    weeks = _days(first)
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (weeks[0][0], weeks[-1][-1]))
    near = (start - A_DAY, end + 2 * A_DAY)  # every offset from UTC
    columns = ("title", "draft", "date", "date_offset", "publish_date", "public_from", "public_until", "owner")
    posts = posts.prefetch_related(None).only(*columns, "live_revision", "latest_revision")
    by_date = posts.filter(Q(publish_date=None), listed_at__range=near).order_by("listed_at", "id")[:MOST]
    by_publish_date = posts.filter(publish_date__range=near).order_by("publish_date", "id")[:MOST]
    for post in (*by_date, *by_publish_date):
        status, waits = post.status(), post.has_waiting_changes
        movable = may_move(post)
        yield Item(post.pk, post.title, status, _moment(post), post.latest_revision_id, waits, may_move=movable)
    for post in posts.ending(*near).order_by("public_until", "id")[:MOST]:
        until = in_zone(post.public_until or clock.now(), post.time_zone)
        yield Item(post.pk, post.title, post.status(), until, post.latest_revision_id, expires=True)


def _weeks(first: date, today: date, items: Iterable[Item]) -> list[list[Cell]]:
    by_day = defaultdict[date, list[Item]](list)
    for item in sorted(items, key=lambda item: item.at.replace(tzinfo=None)):
        by_day[item.at.date()].append(item)
    return [
        [Cell(day, day.month == first.month, day == today, by_day[day][:SHOWN], by_day[day][SHOWN:]) for day in week]
        for week in _days(first)
    ]
