"""The editors' side: posts, tags and authors in the Django admin."""

from posts.admin.author import AuthorAdmin
from posts.admin.post import PostAdmin
from posts.admin.tag import TagAdmin

__all__ = ["AuthorAdmin", "PostAdmin", "TagAdmin"]
