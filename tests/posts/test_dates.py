"""Dates as front matter writes them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts import dates

pytestmark = pytest.mark.pure

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-06-13T12:00:00+07:00", "2024-06-13T12:00:00+07:00"),
        ("2024-06-13", "2024-06-13T00:00:00+07:00"),
        ("2024-4-09", "2024-04-09T00:00:00+07:00"),
        ("2024/04/09", "2024-04-09T00:00:00+07:00"),
        ("2024-01-02T10:00", "2024-01-02T10:00:00+07:00"),
        ("2024-01-02 10:00:00", "2024-01-02T10:00:00+07:00"),
        ("2024-01-02 10:00:00Z", "2024-01-02T10:00:00Z"),
        ("2024-01-02 10:00:00 +0200", "2024-01-02T10:00:00+02:00"),
        ("2024-01-02 -0400", "2024-01-02T00:00:00+07:00"),
        ("Tue Jan 02 2024 10:00:00 GMT+0200 (Eastern European Standard Time)", "2024-01-02T10:00:00+02:00"),
        ("2015-01-01 14:00:00 -4", "2015-01-01T14:00:00-04:00"),
        ("2024-01-02 10:00:00 -0500 EST", "2024-01-02T10:00:00-05:00"),
        ("2024-01-02 10:00:00 EST", "2024-01-02T10:00:00-05:00"),
        ("2024-07-02 10:00 pdt", "2024-07-02T10:00:00-07:00"),
        ("2024-07-02 10:00 EDT", "2024-07-02T10:00:00-04:00"),
        ("2024-01-02 10:00 CST", "2024-01-02T10:00:00-06:00"),
        ("2024-01-02 10:00 mst", "2024-01-02T10:00:00-07:00"),
        ("2024-01-02 10:00 +23:59", "2024-01-02T10:00:00+23:59"),
        ("2024-01-02 10:00 +530", "2024-01-02T10:00:00+05:30"),
        ("9 Sept 2024", "2024-09-09T00:00:00+07:00"),
        ("January 2nd, 2024 at 3:04 PM", "2024-01-02T15:04:00+07:00"),
        ("2024-01-02 10:00:00 +0000 UTC", "2024-01-02T10:00:00Z"),
        ("2024-01-02T10:00:00.25Z", "2024-01-02T10:00:00.250000Z"),
        ("2 January 2024", "2024-01-02T00:00:00+07:00"),
        ("Jan 2, 2024", "2024-01-02T00:00:00+07:00"),
        ("January 2nd, 2024 at 3:04 pm", "2024-01-02T15:04:00+07:00"),
        ("January 2nd, 2024 at 12:04 pm", "2024-01-02T12:04:00+07:00"),
        ("January 2nd, 2024 at 12:04 AM", "2024-01-02T00:04:00+07:00"),
        ("January 2nd, 2024 at 1:04 am", "2024-01-02T01:04:00+07:00"),
        ("2024-01-02 10:00:09", "2024-01-02T10:00:09+07:00"),
        ("2024-01-02T10:00:00.1234567Z", "2024-01-02T10:00:00.123456Z"),
        ("Tue, 02 Jan 68 10:00:00 GMT", "2068-01-02T10:00:00Z"),
        ("Tue, 02 Jan 69 10:00:00 GMT", "1969-01-02T10:00:00Z"),
        ("2024-01-02 10:00 +0059", "2024-01-02T10:00:00+00:59"),
        ("Tue, 02 Jan 2024 10:00:00 GMT", "2024-01-02T10:00:00Z"),
        ("Tue, 02 Jan 2024 10:00:00 PST", "2024-01-02T10:00:00+07:00"),
        ("2024-01-02 10:00:00 +0300 +03", "2024-01-02T10:00:00+03:00"),
        ("02 Jan 24 10:00 +0200", "2024-01-02T10:00:00+02:00"),
        ("02 Jan 99 10:00 EST", "1999-01-02T10:00:00+07:00"),
        ("Tuesday, 02-Jan-24 10:00:00 UTC", "2024-01-02T10:00:00Z"),
        ("Tue Jan  2 10:00:00 2024", "2024-01-02T10:00:00+07:00"),
        ("Tue Jan  2 10:00:00 ICT 2024", "2024-01-02T10:00:00+07:00"),
        ("Tue Jan 02 10:00:00 +0200 2024", "2024-01-02T10:00:00+02:00"),
    ],
)
def test_a_date_is_read_and_keeps_the_offset_that_was_written(text: str, moment: str) -> None:
    assert dates.rfc3339(dates.parse(text, SAIGON)) == moment


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2024-03-10 02:30", "America/New_York", "2024-03-10T01:30:00-05:00"),
        ("2024-11-03 01:30", "America/New_York", "2024-11-03T01:30:00-04:00"),
        ("2024-03-31 02:30", "Europe/Berlin", "2024-03-31T03:30:00+02:00"),
        ("2024-10-27 02:30", "Europe/Berlin", "2024-10-27T02:30:00+01:00"),
        ("2024-10-27 01:30", "Europe/Dublin", "2024-10-27T01:30:00Z"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-03T23:00:00-03:00"),
        ("2011-12-30 12:00", "Pacific/Apia", "2011-12-31T12:00:00+14:00"),
        ("9999-12-31 23:59", "Asia/Ho_Chi_Minh", "9999-12-31T23:59:00+07:00"),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_what_hugo_takes_it_for(text: str, zone: str, moment: str) -> None:
    assert dates.rfc3339(dates.parse(text, ZoneInfo(zone))) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2024", "20240613", "2024-13-01", "2026-02-30", "0000-01-01", "10000-01-01", "2024-01-02 25:00",
        "2024-01-02T10:00:00+99:00", "2024-01-02T10:00+07:75", "13:00", "Foo 2, 2024", "2024-01-02 13:00 pm", "2024-01-02 0:30 pm",
        "2024-01-02 10:00 +0060", "2024-01-02 10:00 +24:00", "2024-01-02 10:00 +0700 -0400",
        "01/02/2024", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "2024-01-02 10:00:00 CET", "02 Jan 24", "Tue Jan  2 10:00:00", "02/Jan/24 10:00 UTC", "٢٠٢٤-٠١-٠٢",
        "2024-01-01" + " " * 100_000 + "x",
    ],
)  # fmt: skip
def test_what_is_no_date_or_might_be_two_is_refused(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        dates.parse(text, UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        moment = dates.parse(text, UTC)
    except (ValueError, OverflowError):
        return
    assert moment.utcoffset() is not None


offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=offsets))  # noqa: DTZ001
def test_what_is_written_is_read_as_the_same_moment(moment: datetime) -> None:
    assert dates.parse(dates.rfc3339(moment), UTC) == moment


@pytest.mark.parametrize("text", ["", "2026", "2026-1", "2026-13", "2026-11-01", "20261101", "nov-202"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert dates.month(text) is None


def test_a_month_is_its_first_day() -> None:
    assert dates.month("2026-11") == date(2026, 11, 1)


def test_the_longest_date_that_is_read_has_a_hundred_characters() -> None:
    day = "2024-01-02"

    assert dates.parse(day + " " * 90, UTC) == datetime(2024, 1, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="not a date"):
        dates.parse(day + " " * 91, UTC)
