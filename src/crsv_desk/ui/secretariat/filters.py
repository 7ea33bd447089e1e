"""Which organisations are shown: those that a search finds, those of one kind; and whether withheld names are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.overview import StatusRow
from crsv_desk.ui.components import Button, flowing, show_if
from crsv_desk.ui.secretariat import standings


class Filters(QWidget):
    """A search, a button for each kind with how many it holds, and one that hides."""

    searched = Signal(str)
    chosen = Signal(str)
    """A name of ``standings.FILTERS``."""
    hidden = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search organisations"))
        self.search.setClearButtonEnabled(False)
        self.search.setMinimumWidth(180)
        self.search.textChanged.connect(self.searched)
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        for name in standings.FILTERS:
            button = Button("filter", _words(name, 0))
            button.setCheckable(True)
            button.setChecked(name == "all")
            button.toggled.connect(lambda on, name=name: self.chosen.emit(name) if on else None)
            self._group.addButton(button)
            self._buttons[name] = button
        self._hide = Button("filter", _("&Hide withheld names"), "eye-off")
        self._hide.setCheckable(True)
        self._hide.setAccessibleDescription(_("For a screen that others see"))
        self._hide.clicked.connect(self.hidden)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(flowing(self.search, *self._buttons.values(), self._hide, spacing=0))

    def show_rows(self, rows: Sequence[StatusRow], hides: bool) -> None:
        """How many of these each button holds, and whether withheld names are hidden now."""
        for name, button in self._buttons.items():
            button.say(_words(name, sum(standings.passes(one, name) for one in rows)))
        self._hide.setChecked(hides)
        show_if(self._hide, any(one.withheld for one in rows))

    def clear(self) -> None:
        """Everything is shown again."""
        self.search.clear()
        self._buttons["all"].setChecked(True)


def _words(name: str, count: int) -> str:
    return {
        "all": _("All {count}"),
        "signed": _("Signed {count}"),
        "action": _("Needs action {count}"),
        "silent": _("Silent {count}"),
        "no": _("Does not sign {count}"),
    }[name].format(count=count)
