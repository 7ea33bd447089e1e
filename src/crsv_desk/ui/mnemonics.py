"""Alt and a letter goes to one thing: where two of a window would have the same letter, the later gets another."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


def tell_apart(*parts: QWidget) -> None:
    """Give every control in ``parts`` that names a letter one of its own, the first ones first; none where its text has
    no letter left. Words in three languages cannot be chosen so that they never meet."""
    taken: set[str] = set()
    for part in parts:
        for one in _named(part):
            key = letter(one.text())
            if key in taken:
                words = one.text().replace("&&", "\0").replace("&", "").replace("\0", "&&")
                key = next((c.upper() for c in words if c.isascii() and c.isalpha() and c.upper() not in taken), "")
                at = words.upper().find(key) if key else -1
                one.setText(words if at < 0 else f"{words[:at]}&{words[at:]}")
            taken.add(key)


def letter(text: str) -> str:
    """The letter that ``text`` names with "&", as a capital; empty without."""
    return QKeySequence.mnemonic(text).toString().removeprefix("Alt+")


def _named(part: QWidget) -> Iterator[QAbstractButton | QLabel]:
    gone: QWidget | None = None
    for one in part.findChildren(QWidget):  # each before what is inside it
        if gone is not None and gone.isAncestorOf(one):
            continue
        if one.property("gone"):
            gone = one
            continue
        named = isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None)
        if named and letter(one.text()):  # type: ignore[attr-defined]  # what was just asked for
            yield one  # type: ignore[misc]
