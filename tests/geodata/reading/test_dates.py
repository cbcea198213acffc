"""Dates as people write them."""

import pytest

from geodata.reading.dates import date_kind, iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.08.2025", "2025-08-15"),
        ("5/8/2025", "2025-08-05"),
        ("2025-08-15", "2025-08-15"),
        ("2025-08-15 9:30", "2025-08-15T09:30"),
        ("15 Aug 2025", "2025-08-15"),
        ("August 15, 2025", "2025-08-15"),
        ("31.02.2025", ""),
        ("64.5", ""),
        ("Nome", ""),
    ],
)
def test_a_date_becomes_iso_8601(text, expected):
    assert iso_date(text, "day first") == expected


def test_the_month_may_come_first():
    assert iso_date("8/15/2025", "month first") == "2025-08-15"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["15.08.2025", "01.02.2024"], "day first"),
        (["8/15/2025", "1/2/2024"], "month first"),
        (["1/2/2024", "3/4/2024"], ""),
        (["2025-08-15", "2024-01-02"], "day first"),
        (["12", "13"], ""),
        ([], ""),
    ],
    ids=["day", "month", "either", "ISO", "numbers", "nothing"],
)
def test_which_comes_first_is_told_only_where_it_is_sure(values, kind):
    assert date_kind(values) == kind
