"""What goes with a post that is deleted, told before; and the redirect that its readers may need, offered after.

What others write meanwhile is not lost: a save that comes first is shown, and one that comes too late makes a new post.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from posts.admin import autosave
from posts.admin.presence import others
from posts.admin.row_key import row_key
from posts.models import Post, PreviewLink, Redirect

SHOWN = 10  # old addresses; of more the first, and how many more


def told(post: Post, user: User) -> dict[str, Any]:
    """For the page that asks: the old addresses that lead to the post, how many preview links show it, who is at it."""
    old = list(Redirect.objects.filter(post=post).order_by("old_path").values_list("old_path", flat=True))
    links = PreviewLink.objects.open().filter(post=post).count()
    return {
        "old_paths": old[:SHOWN],
        "more_old_paths": len(old[SHOWN:]),
        "open_links": links,
        "others": others(post, user),
    }


def is_newer(request: HttpRequest, post: Post) -> bool:
    """Whether the post was saved since the page that asks was opened, which is told then."""
    seen = request.POST.get("revision", "")
    if not seen or seen == str(post.latest_revision_id):
        return False
    compared = reverse("admin:posts_post_compare", args=[post.pk])
    page = f"{compared}?{urlencode({'old': seen, 'new': str(post.latest_revision_id)})}"
    link = format_html('<a href="{}">{}</a>', page, _("What changed"))
    said = _("Not deleted: the post has been saved since you opened this page. {link}.")
    messages.warning(request, format_html(said, link=link))
    return True


def is_gone(pk: str) -> bool:
    """Whether there is no such post for anybody."""
    return not Post.objects.filter(pk=row_key(pk)).exists()


def offered_anew(request: HttpRequest) -> HttpResponse:
    """What was sent of the form of a post that is gone, in the form of a new one."""
    messages.warning(
        request,
        _("The post was deleted while you wrote. What you typed stands below, as a new post: save it to keep it."),
    )
    return redirect(autosave.keep_of_deleted(request))


def offer_redirect(request: HttpRequest, path: str) -> None:
    """Says how readers who know the deleted post's address can still be led somewhere."""
    if not request.user.has_perm("posts.add_redirect"):
        return
    page = f"{reverse('admin:posts_redirect_add')}?{urlencode({'old': path})}"
    link = format_html('<a href="{}">{}</a>', page, _("Write a redirect"))
    messages.info(request, format_html(_("Have readers known {path}? {link}."), path=path, link=link))
