"""The size of a file and the disk it lies on, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QStorageInfo


def size_words(count: int) -> str:
    """``312 kB``, in the interface's own way of writing numbers."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def disk_of(path: Path) -> str:
    """The name of the disk where it has one: a stick is known by it. Empty for the computer's own."""
    name = QStorageInfo(str(path.parent)).displayName()
    return "" if name.startswith("/") else name
