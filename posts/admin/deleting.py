"""What goes with a post that is deleted, told before; and the redirect that its readers may need, offered after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from posts.models import Post, PreviewLink, Redirect

SHOWN = 10  # old addresses; of more the first, and how many more


def told(post: Post) -> dict[str, Any]:
    """For the page that asks: the old addresses that lead to the post, and how many preview links show it."""
    old = list(Redirect.objects.filter(post=post).order_by("old_path").values_list("old_path", flat=True))
    links = PreviewLink.objects.open().filter(post=post).count()
    return {"old_paths": old[:SHOWN], "more_old_paths": len(old[SHOWN:]), "open_links": links}


def offer_redirect(request: HttpRequest, path: str) -> None:
    """Says how readers who know the deleted post's address can still be led somewhere."""
    if not request.user.has_perm("posts.add_redirect"):
        return
    page = f"{reverse('admin:posts_redirect_add')}?{urlencode({'old': path})}"
    link = format_html('<a href="{}">{}</a>', page, _("Write a redirect"))
    messages.info(request, format_html(_("Have readers known {path}? {link}."), path=path, link=link))
