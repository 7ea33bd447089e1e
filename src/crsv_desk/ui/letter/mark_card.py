"""The mark: drawn, typed or a picture; whichever tab is open counts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.marks import Mark
from crsv_desk.i18n import _
from crsv_desk.services.content import MARK_BYTES, MARK_PIXELS
from crsv_desk.ui import theme
from crsv_desk.ui.components import Card, Segments, Tick, announce, flowing, label, quiet, row, secondary, show_if
from crsv_desk.ui.file_dialogs import choose_file
from crsv_desk.ui.mark_pad import MarkPad
from crsv_desk.ui.session import Session

MOST_PICTURE = 20_000_000
DRAW, TYPE, PICTURE = range(3)


class MarkCard(Card):
    """Three tabs. Drawing is the first one; typing needs no mouse."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(spacing=8)
        self._session = session
        self._picture = b""
        self.tabs = Segments(
            (_("Draw"), _("Type"), _("Picture")), ("pen-line", "type", "image"), _("How your signature is made")
        )
        self.pad = MarkPad()
        self.pad.changed.connect(self.changed)
        self._typed = _typed()
        self._shown = label(_("No picture chosen yet"), "small")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for tab in (self._draw_tab(), self._type_tab(), self._picture_tab()):
            self._stack.addWidget(tab)
        self.tabs.chosen.connect(self._choose)
        self.hide_mark = Tick(
            _("Only for the recipient"), _("Your drawn or pictured signature stays out of the public letter.")
        )
        self.hide_mark.toggled.connect(self.changed)
        for widget in (label(_("Your signature"), "label"), flowing(self.tabs), self._stack, self.hide_mark):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def mark(self) -> Mark | None:
        """What stands below the letter; ``None`` where nothing was drawn or chosen."""
        match self.tabs.now:
            case 0 if not self.pad.empty:
                return Mark("strokes", drawing=self.pad.drawing())
            case 1:
                return Mark("typed")
            case 2 if self._picture:
                return Mark("image", image=self._picture)
        return None

    def name(self, name: str) -> None:
        """Show this name as the typed mark."""
        self._typed.setText(name)

    def _choose(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        show_if(self.hide_mark, number != TYPE)
        self.changed.emit()

    def _draw_tab(self) -> QWidget:
        wipe = quiet(_("Wipe"), "eraser", small=True)
        wipe.clicked.connect(self.pad.clear)
        return _tab(self.pad, row(label(_("Draw with mouse, finger or pen."), "small"), wipe))

    def _type_tab(self) -> QWidget:
        return _tab(self._typed, label(_("Your name in letters stands as your signature."), "small"))

    def _picture_tab(self) -> QWidget:
        choose = secondary(_("Choose a picture…"), "image", small=True)
        choose.clicked.connect(self._ask)
        hint = label(_("A scan of your signature: PNG or JPEG. It is made smaller where needed."), "small")
        return _tab(self._shown, row(choose, None), hint)

    def _ask(self) -> None:
        choose_file(self, _("Picture of your signature"), [_("Pictures (*.png *.jpg *.jpeg)")], self.take_picture)

    def take_picture(self, path: Path) -> None:
        """Use the picture in a file, if it is one."""
        desk = self._session.desk
        try:
            untrusted_data = desk.files.load(path, MOST_PICTURE)
            self._picture = desk.pictures.normalise(untrusted_data, MARK_PIXELS, MARK_BYTES)
        except DeskError as error:
            self._shown.setText(str(error))
            announce(self, str(error))
            return
        picture = QPixmap()
        picture.loadFromData(self._picture)
        fitting, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._shown.setPixmap(picture.scaled(240, 80, fitting, smooth))
        self._shown.setAccessibleName(_("Picture {name}").format(name=path.name))
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        font = QFont("Noto Serif")
        font.setItalic(True)
        font.setPixelSize(theme.current().pixels(26))
        self._typed.setFont(font)
        super().showEvent(event)


def _typed() -> QLabel:
    result = label("", "typed-mark")
    result.setMinimumHeight(104)
    result.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return result


def _tab(*widgets: QWidget) -> QWidget:
    room = QWidget()
    lines = QVBoxLayout(room)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(6)
    for at, widget in enumerate(widgets):
        lines.addWidget(widget, 1 if at == 0 else 0)
    return room
