"""A window on a real desk, worked as a person does: keys, names, sentences. Nothing here sleeps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from crsv_desk.services.desk import Desk
from crsv_desk.ui.session import Session
from crsv_desk.ui.window import Window

W = TypeVar("W", bound=QWidget)
MOST_TABS = 300

in_every_look = pytest.mark.parametrize(
    ("theme_name", "scale", "size"),
    [
        ("dark", 1.0, (1280, 800)),
        ("contrast", 1.0, (1280, 800)),
        ("light", 1.0, (900, 600)),
        ("light", 2.0, (1280, 800)),
    ],
)
"""A theme, the size of text, and a window."""


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget. A combo box names its value on Linux, so there its own name is taken."""
    if isinstance(widget, QComboBox) and widget.accessibleName():
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def grab(widget: QWidget, name: str) -> None:
    """Save a picture of a widget where the environment's CRSV_DESK_PICTURES says; nothing without it."""
    folder = os.environ.get("CRSV_DESK_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        QApplication.processEvents()
        assert widget.grab().save(str(Path(folder) / f"{name}.png"))


class Bench:
    """One person at one window."""

    def __init__(self, qtbot: QtBot, desk: Desk, size: tuple[int, int] = (1280, 800)) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.session = Session(desk)
        self.window = Window(self.session)
        self.told: list[tuple[str, str]] = []
        """Every sentence and its tone, in order."""
        self.session.told.connect(lambda sentence, tone: self.told.append((sentence, tone)))
        self.window.resize(*size)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    # --- where we are

    @property
    def page(self) -> QWidget:
        return self.window.page

    @property
    def top(self) -> QWidget:
        """The dialog that asks something, or the window."""
        return QApplication.activeModalWidget() or self.window

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def go(self, page: str, dossier: str = "") -> QWidget:
        self.session.go(page, dossier)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until no work is under way and what it told is shown."""
        self.qtbot.waitUntil(lambda: not self.session.tasks.busy, timeout=20_000)
        QApplication.processEvents()
        if QApplication.activeWindow() is not self.top:
            self.top.activateWindow()  # what a window manager does when a dialog was opened or closed
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.top)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)

    # --- finding

    def visible(self, kind: type[W]) -> Iterator[W]:
        for widget in self.top.findChildren(kind):
            if widget.isVisible():
                yield widget

    def find_a(self, kind: type[W], name: str) -> W:
        """The visible widget of a class whose accessible name is ``name``, or begins with it; one that takes the focus
        before one that does not."""
        named = [(name_of(one), one) for one in self.visible(kind)]
        fitting = [(words, one) for words, one in named if words.startswith(name)]
        fitting.sort(key=lambda pair: (pair[1].focusPolicy() == Qt.FocusPolicy.NoFocus, pair[0] != name))
        assert fitting, f"nothing is called {name!r}; there are {sorted({words for words, _ in named if words})}"
        return fitting[0][1]

    def find(self, name: str) -> QWidget:
        """The same, of any class."""
        return self.find_a(QWidget, name)

    def has(self, name: str) -> bool:
        return any(name_of(one).startswith(name) for one in self.visible(QWidget))

    def words(self) -> str:
        """Everything that stands on the screen now, for a screen reader."""
        return "\n".join(filter(None, (name_of(one) for one in self.visible(QWidget))))

    # --- keys

    def press(self, *keys: str) -> None:
        """Press keys by name, such as "Tab", "Ctrl+Return" or "Alt+N", where the focus is."""
        for one in keys:
            combination = QKeySequence(one)[0]  # type: ignore[index]
            QTest.keyClick(QApplication.focusWidget() or self.top, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)
        QApplication.processEvents()

    def tab_to(self, name: str, back: bool = False) -> QWidget:
        """Press Tab until the control with this name has the focus."""
        passed: list[str] = []
        for _ in range(MOST_TABS):
            here = name_of(self.focus)
            if here == name or here.startswith(name):
                return self.focus
            passed.append(here)
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never comes to {name!r}; it passes {list(dict.fromkeys(passed))}")

    def tab_round(self) -> list[QWidget]:
        """Every stop of Tab, from where the focus is until it comes back."""
        stops: list[QWidget] = []
        while self.focus not in stops:
            assert len(stops) < MOST_TABS, "Tab does not come round"
            stops.append(self.focus)
            self.press("Tab")
        return stops

    def push(self, name: str) -> None:
        """Go to a button by Tab and press it."""
        self.tab_to(name)
        self.press("Space")
        self.settle()

    # --- files

    def answer_file_dialog(self, path: Path) -> None:
        """Type a path into the file dialog that is open, and press Enter."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        dialog = self.top
        assert isinstance(dialog, QFileDialog)
        line = next(one for one in dialog.findChildren(QLineEdit) if one.objectName() == "fileNameEdit")
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.until(lambda: not isinstance(QApplication.activeModalWidget(), QFileDialog))
        self.settle()

    def drop(self, *paths: Path) -> None:
        """Drag files over the window and let them go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        nothing, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(400, 300), copy, data, Qt.MouseButton.LeftButton, nothing)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        fall = QDropEvent(QPointF(400, 300), copy, data, Qt.MouseButton.LeftButton, nothing)
        QApplication.sendEvent(self.window, fall)
        self.settle()

    # --- the end

    def close(self) -> None:
        """Close the window and see that no work is left. Closing twice does nothing more."""
        if not isValid(self.window):
            return
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()
        self.window.close()
        self.session.tasks.wait()
        self.window.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 0)
