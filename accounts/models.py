"""The people who work on the site."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor, author, reviewer or administrator. What each may do is decided by groups and their permissions."""
