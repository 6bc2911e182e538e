"""The editors' side: posts, tags, authors and the site itself in the Django admin."""

from posts.admin.author import AuthorAdmin
from posts.admin.post import PostAdmin
from posts.admin.site_settings import SiteSettingsAdmin
from posts.admin.tag import TagAdmin

__all__ = ["AuthorAdmin", "PostAdmin", "SiteSettingsAdmin", "TagAdmin"]
