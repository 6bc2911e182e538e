"""The editor's desk: which sections it has, in which order. A new one is a function and a line in `SECTIONS`."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext

from accounts.models import User
from enquiries import desk as enquiries
from posts import desk as posts
from posts import importing
from posts.desk import Section

OF_POSTS: tuple[Callable[[User, datetime], Section | None], ...] = (
    posts.unsaved,
    posts.my_drafts,
    posts.waiting_for_me,
    posts.scheduled,
    posts.expiring,
    posts.recently_published,
    posts.problems,
    posts.licences,
)
SECTIONS: tuple[Callable[[User, datetime], Section | None], ...] = (enquiries.failed_deliveries,)


def sections(user: User) -> list[Section]:
    """The desk of this person; the queries are as many however many posts there are."""
    now = clock.now()
    of_posts = OF_POSTS if user.has_perm("posts.view_post") else ()
    return [section for make in (*of_posts, *SECTIONS) if (section := make(user, now))]


def links(user: User) -> list[tuple[str, str]]:
    """Where one begins, each with its address."""
    wanted = (
        (user.has_perm("posts.add_post"), gettext("Add post"), "admin:posts_post_add"),
        (user.has_perm("posts.view_post"), gettext("Calendar"), "admin:posts_post_calendar"),
        (user.has_perms(importing.PERMISSIONS), gettext("Import Markdown"), "admin:posts_post_import"),
    )
    return [(name, reverse(view)) for is_allowed, name, view in wanted if is_allowed]
