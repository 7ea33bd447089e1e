"""The interface's language in force, and days and times said in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone

from crsv_desk import i18n
from crsv_desk.i18n import _, ngettext

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.ASCII)


def speak(language: str) -> None:
    """Use a language (BCP 47) for words and dates; an empty one follows the system."""
    language = language or i18n.system_language()
    i18n.use(language)
    QLocale.setDefault(QLocale(language))


def day(text: str) -> str:
    """``2026-05-26...`` as "26 May 2026"; anything else as it is."""
    date = QDate.fromString(text[:10], "yyyy-MM-dd")
    return QLocale().toString(date, "d MMMM yyyy") if date.isValid() else text


def moment(text: str) -> str:
    """``2026-05-26T14:05:00Z`` as "26 May 2026, 16:05" in the computer's own time zone; a day alone where only the day
    was claimed (midnight to the second)."""
    if text.endswith("T00:00:00Z"):
        return day(text)
    when = _moment(text)
    if not when.isValid():
        return day(text)
    return QLocale().toString(when.toLocalTime(), "d MMMM yyyy, HH:mm")


def recent(text: str) -> str:
    """``2026-05-26T14:05:00Z`` as short as it can be said on that very day: "today 16:05", "yesterday 16:05", "26 May
    16:05"; "26 May 2025" where it is not of this year; a day alone where only the day was claimed."""
    when = _moment(text)
    day_alone = text.endswith("T00:00:00Z") or not when.isValid()
    date = QDate.fromString(text[:10], "yyyy-MM-dd") if day_alone else when.toLocalTime().date()
    if not date.isValid():
        return text
    time = "" if day_alone else when.toLocalTime().time().toString("HH:mm")
    today = QDate.currentDate()
    if date == today:
        return _("today {time}").format(time=time).strip()
    if date == today.addDays(-1):
        return _("yesterday {time}").format(time=time).strip()
    if date.year() != today.year():
        return QLocale().toString(date, "d MMM yyyy")
    return f"{QLocale().toString(date, 'd MMM')} {time}".strip()


def _moment(text: str) -> QDateTime:
    """Invalid where ``text`` is none. Taken apart here: Qt's own reading by a pattern is slow, and a table has a thousand."""
    found = _MOMENT.fullmatch(text)
    year, month, day_, hour, minute, second = map(int, found.groups()) if found else (0, 0, 0, 0, 0, 0)
    return QDateTime(QDate(year, month, day_), QTime(hour, minute, second), QTimeZone.utc())


def deadline(text: str) -> str:
    """``2026-05-22`` or ``2026-05-22T12:00`` as "Friday 22 May, 12:00"; empty where there is none."""
    date = QDate.fromString(text[:10], "yyyy-MM-dd")
    if not date.isValid():
        return ""
    words = QLocale().toString(date, "dddd d MMMM")
    time = QTime.fromString(text[11:16], "HH:mm")
    return f"{words}, {time.toString('HH:mm')}" if time.isValid() else words


def days_left(text: str) -> str:
    """How long until a deadline, counted in days from today."""
    date = QDate.fromString(text[:10], "yyyy-MM-dd")
    if not date.isValid():
        return ""
    left = QDate.currentDate().daysTo(date)
    if left < 0:
        return _("has passed")
    if left == 0:
        return _("today")
    return ngettext("{count} day left", "{count} days left", left).format(count=left)
