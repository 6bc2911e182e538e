"""Moments as front matter writes them, and as the site stores and writes them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

# Sorts below every date that a post can have, and stays a valid date in every time zone.
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)

LONGEST = 100  # characters of a date; blanks without end in one take long to tell apart
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS = {"sept": 9} | {name: number for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])}
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_CLOCK = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_NAMED = r"(?P<zone>[+-]\d{4}|[a-z]{3,4})"
_TIME = (
    r"(?:(?:\s*,?\s+(?:at\s+)?|t)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]m)?\s*(?P<zone>z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?(?:\s+(?:[a-z]{3,4}|[+-]\d{2}))?)?)?"
)
_OFFSET = r"\s+[+-]\d{1,2}(?:\d{2})?"  # behind a day without a time it says nothing (Ruby)
_AMERICAN = {"e": -5, "c": -6, "m": -7, "p": -8}  # hours of RFC 822's EST, CST, MST and PST; in summer one more
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?P<year>\d{{4}})(?P<sep>[-/])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?:{_TIME}(?: (?P<american>[ecmp][sd]t))?|{_OFFSET})",
        rf"(?:[a-z]{{3,9}},\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<year>\d{{4}}){_TIME}",
        rf"(?:[a-z]{{3,9}},\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
        # RFC 1123, 822 and 850; what C's asctime, `date` and Ruby write
        rf"(?:[a-z]{{3,9}}, )?(?P<day>\d{{2}})[ -]{_MONTH}[ -](?P<year>\d{{2}}|\d{{4}}) {_CLOCK} {_NAMED}",
        rf"[a-z]{{3}} {_MONTH} {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK}(?: {_NAMED})? (?P<year>\d{{4}})",
        rf"[a-z]{{3}} {_MONTH} (?P<day>\d{{2}}) (?P<year>\d{{4}}) {_CLOCK} GMT(?P<zone>[+-]\d{{4}})(?: \([^()]{{1,50}}\))?",  # JavaScript's
    )
)

_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?", re.ASCII)

YAML_MOMENT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?", re.ASCII)
"""What YAML takes for a moment in UTC."""


def parse(text: str, zone: tzinfo) -> datetime:
    """The moment, with the offset that the text gives, else in `zone`. Raises `ValueError` for what is no date.

    Reads `2024-01-02`, `2024-1-2 10:00`, `2024-01-02T10:00:00.5Z`, `2024-01-02 10:00:00 +0700`, `… 10:00 -4`, `… 10:00 EST`,
    `2 January 2024`, `Jan 2, 2024 at 3:04 pm`, `Tue, 2 Jan 2024 10:00:00 GMT`, `Tue Jan  2 10:00:00 EST 2024`, `Tue Jan 02 2024 10:00:00 GMT+0000 (UTC)`. It
    guesses at nothing else: of zones by name it knows UTC, GMT and behind a day in digits those of North America (Jekyll),
    and takes others for `zone`, as Hugo does.
    """
    for form in _FORMS if len(text) <= LONGEST else ():
        if found := form.fullmatch(text.strip()):
            return _moment(found, zone)
    raise ValueError("not a date")


def of_digits(text: str, zone: tzinfo) -> datetime | None:
    """The moment `20240102`, with `1504` or `150405` behind it, in `zone`, as Ruby reads it; None for any other text. Raises
    `ValueError` for a day or an hour that there is not."""
    found = _DIGITS.fullmatch(text)
    if not found:
        return None
    year, number, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return on_clock(datetime(year, number, day, hour, minute, second, tzinfo=zone))


def month(text: str) -> date | None:
    """The first day of the month `2026-11`; None for what is none."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else None
    except ValueError:
        return None


def on_clock(written: datetime) -> datetime:
    """The moment at which a clock of that zone shows this time; as Go has it for one that it skips or shows twice."""
    zone, as_utc = written.tzinfo or UTC, written.replace(tzinfo=UTC)
    try:
        near = as_utc - _offset(as_utc, zone)
        return (as_utc - _offset(near, zone)).astimezone(zone)
    except OverflowError:
        return written  # at the calendar's end


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in that zone, or in UTC where the zone would take it out of the calendar."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """`2024-06-13T12:00:00+07:00`, with the moment's own offset; UTC as `Z`."""
    text = moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds")
    return text.removesuffix("+00:00") + "Z" if not moment.utcoffset() else text


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _moment(found: re.Match[str], zone: tzinfo) -> datetime:
    part = found.groupdict()
    month = int(part["month"]) if part.get("month") else _month(part["name"])
    hour = int(part["hour"] or 0)
    if half := part.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    fraction = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    time = (hour, int(part["minute"] or 0), int(part["second"] or 0), fraction)
    own = _american(part.get("american")) or _zone(part["zone"], zone)
    moment = on_clock(datetime(_year(part["year"]), month, int(part["day"]), *time, tzinfo=own))
    moment.astimezone(UTC)  # a year that leaves the calendar in UTC is no date either
    return moment


def _year(written: str) -> int:
    """One of two digits is of the years from 1969 on (Go)."""
    year = int(written)
    return year if len(written) > 2 else year + (1900 if year >= 69 else 2000)


def _month(name: str) -> int:
    """1 to 12, for an English month: whole, by three letters, or `sept`. Raises `ValueError` for any other name."""
    try:
        return _MONTH_NUMBERS[name.lower()]
    except KeyError:
        raise ValueError("no such month") from None


def _american(name: str | None) -> tzinfo | None:
    return timezone(timedelta(hours=_AMERICAN[name[0].lower()] + (name[1].lower() == "d"))) if name else None


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    if not text:
        return default
    if text.isalpha():
        return UTC if text.lower() in {"z", "utc", "gmt"} else default
    digits = text[1:].split()[0].replace(":", "")  # the zone's name that may follow says no more
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset >= timedelta(hours=24):
        raise ValueError("no such offset")
    return timezone(-offset if text[0] == "-" else offset)
