"""How days and times are said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crsv_desk.ui import dates


def _claimed(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_what_is_recent_is_said_shortly() -> None:
    noon = datetime.now().astimezone().replace(hour=12, minute=5, second=1)
    assert dates.recent(_claimed(noon)) == "today 12:05"
    assert dates.recent(_claimed(noon - timedelta(days=1))) == "yesterday 12:05"
    assert dates.recent("2001-05-18T12:00:01Z") == "18 May 2001"


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T00:00:00Z"])
def test_what_is_no_date_is_left_as_it_is(text: str) -> None:
    assert dates.recent(text) == text


def test_a_day_alone_gets_no_hour() -> None:
    today = datetime.now().astimezone().strftime("%Y-%m-%d")
    assert dates.recent(f"{today}T00:00:00Z") == "today"
