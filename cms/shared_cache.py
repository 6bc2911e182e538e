"""What workers remember together, in Redis. Without it the site goes on: nothing is remembered, nothing is counted."""

import logging
import pickle
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

Answer = TypeVar("Answer")
PAUSE_SECONDS = 10.0
# Source: Python's documentation of pickle.
UNREADABLE = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError)
logger = logging.getLogger(__name__)


class SharedCache(RedisCache):
    """Django's, which answers as an empty one would where Redis fails, and then lets it be for a while.

    A server that hangs so costs a thread one wait in `PAUSE_SECONDS`, and not one for each question of a page.
    """

    _asked_again_at = 0.0

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._unless_gone(super().add, True, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What another release kept, of a class that this one has not got, is not there."""
        try:
            return self._unless_gone(super().get, default, key, default, version)
        except UNREADABLE:
            return default

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._unless_gone(super().set, None, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._unless_gone(super().delete, False, *args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises `ValueError` where the key is not there."""
        counted = self._unless_gone(super().incr, None, key, delta, version)
        if counted is None:
            raise ValueError(f"Key {key!r} not found")
        return counted

    def _unless_gone(self, ask: Callable[..., Answer], otherwise: Answer, *args: Any, **kwargs: Any) -> Answer:
        if monotonic() < self._asked_again_at:
            return otherwise
        try:
            return ask(*args, **kwargs)
        except RedisError as error:
            self._asked_again_at = monotonic() + PAUSE_SECONDS
            logger.warning("Redis fails, the site goes on without it for %d seconds: %s", PAUSE_SECONDS, error)
            return otherwise
