"""Keys of search entries: the minute of the post's date, in its author's time zone, then the post's own key."""

from calendar import isleap
from datetime import date, datetime, timedelta

EVERY_KEY = (0, 2**63 - 1)
_POST_BITS = 30
_MINUTES_A_DAY = 24 * 60
_BEGINNING = datetime(1, 1, 1)  # noqa: DTZ001  (a wall clock's)


def key_of(listed_at: datetime, offset: int, post: int) -> int:
    """Larger for a later date; `offset` is in minutes east of UTC. It fits in 63 bits to the year 9999."""
    local = listed_at.replace(tzinfo=None) - _BEGINNING + timedelta(minutes=offset)
    return (local // timedelta(minutes=1) << _POST_BITS) + post


def post_of(key: int) -> int:
    """The post's own key."""
    return key & ((1 << _POST_BITS) - 1)


def year_of(key: int) -> int:
    """The year of the post's date as its author wrote it."""
    day = (key >> _POST_BITS) // _MINUTES_A_DAY + 1
    return date.fromordinal(min(day, date.max.toordinal())).year


def keys_of(year: int) -> tuple[int, int]:
    """The least key that a post of this year can have, and the greatest."""
    first = (date(year, 1, 1).toordinal() - 1) * _MINUTES_A_DAY
    end = first + (366 if isleap(year) else 365) * _MINUTES_A_DAY
    return first << _POST_BITS, (end << _POST_BITS) - 1
