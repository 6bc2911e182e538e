"""The editors' side: posts and tags in the Django admin."""

from posts.admin.post import PostAdmin
from posts.admin.tag import TagAdmin

__all__ = ["PostAdmin", "TagAdmin"]
