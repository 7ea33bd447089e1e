"""Roles for a screen reader that no widget of Qt's has: headings, paragraphs, a field to draw in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

W = TypeVar("W", bound=QWidget)
Role = QAccessible.Role

_roles: dict[type[QWidget], Callable[[QWidget], QAccessible.Role]] = {}
_given: list[QAccessibleInterface] = []
"""Qt deletes these itself; Python must never do it a second time, so they are kept."""


def give_role(cls: type[W], role: Callable[[W], QAccessible.Role]) -> None:
    """Have every widget of ``cls`` (not of its subclasses) say the role that ``role`` finds for it."""
    if not _roles:
        QAccessible.installFactory(_interface)
    _roles[cls] = role  # type: ignore[assignment]  # only widgets of this class are given to it


def _interface(_key: str, target: QObject) -> QAccessibleInterface | None:
    found = _roles.get(type(target))  # type: ignore[arg-type]  # other objects are simply not found
    if found is None or not isinstance(target, QWidget):
        return None
    _given.append(QAccessibleWidget(target, found(target)))
    return _given[-1]
