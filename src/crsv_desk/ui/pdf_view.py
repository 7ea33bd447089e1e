"""A PDF to look through: its pages as pictures, a way through them, and their words as text for whoever needs that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components import Icon, announce, label, restyle, secondary
from crsv_desk.ui.page_sheets import PageSheets, page_words, pages_listed

Start = Callable[[str], bool]
"""Whether the view begins at a page with these words."""


class PdfView(QFrame):
    """Pages under a bar: earlier, later, which one it is, as text, smaller, larger.

    Nothing here waits for drawing. A screen reader is told the page and its words, and can read them line by line as
    text.
    """

    turned = Signal(int)
    """The page that is looked at now, counted from 0."""
    looked = Signal()
    """More pages have been looked at than before."""
    opened = Signal()
    """The pages of the PDF given last can be looked through."""

    def __init__(self, crop: float = 0.0) -> None:
        super().__init__()
        self._start: Start | None = None
        self.sheets = PageSheets(crop)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._sentence = label("", "muted")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._build()
        self.sheets.turned.connect(self._turned)
        self.sheets.looked.connect(self.looked)
        self.sheets.zoomed.connect(self._mark_zoom)
        self.sheets.drawer.opened.connect(lambda _opened: self._opened())
        self.sheets.drawer.read.connect(self._read)
        self.sheets.drawer.failed.connect(self.say)
        self.say(_("Nothing to look at yet."))

    def _build(self) -> None:
        self.setProperty("frame", "tray-plain")
        self.earlier = self._tool(_("Earlier page"), "chevron-left", lambda: self.turn(-1))
        self.later = self._tool(_("Later page"), "chevron-right", lambda: self.turn(1))
        self.as_text = secondary(_("As text"), small=True)
        self.as_text.setAccessibleDescription(_("Shows the words of the page, to read or to have them read aloud"))
        self.as_text.clicked.connect(lambda _checked=False: self._switch())
        self.as_text.setCheckable(True)
        self.smaller = self._tool(_("Smaller"), "zoom-out", lambda: self.sheets.zoom(-1))
        self.larger = self._tool(_("Larger"), "zoom-in", lambda: self.sheets.zoom(1))
        self._place = label("", "label", wrap=False)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(12, 8, 12, 4)
        self._bar.setSpacing(2)
        self._bar.addWidget(self.earlier)
        self._bar.addWidget(self._place)
        self._bar.addWidget(self.later)
        self._bar.addStretch(1)
        for tool in (self.as_text, self.smaller, self.larger):
            self._bar.addWidget(tool)
        self._strip = QVBoxLayout()
        self._strip.setContentsMargins(12, 0, 12, 0)
        nothing = QWidget()
        QVBoxLayout(nothing).addWidget(self._sentence)
        for widget in (nothing, self.sheets, self.text):
            self._stack.addWidget(widget)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(self._bar)
        lines.addLayout(self._strip)
        lines.addWidget(self._stack, 1)

    def _tool(self, name: str, icon: str, do: Callable[[], None]) -> Button:
        button = secondary("", icon, small=True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda _checked=False: do())
        return button

    # --- what is shown

    @property
    def count(self) -> int:
        """Pages, or 0 while there is nothing to look at."""
        return self.sheets.count

    @property
    def number(self) -> int:
        """The page that is looked at, counted from 0."""
        return self.sheets.number

    @property
    def busy(self) -> bool:
        """Whether pages are still being opened, drawn or read."""
        return self.sheets.drawer.busy

    @property
    def not_looked_at(self) -> str:
        """The pages that have not been on the screen from top to bottom, listed; empty when all have."""
        return pages_listed([number for number in range(self.count) if number not in self.sheets.looked_at])

    def show_pdf(self, untrusted_pdf: bytes, start: Start | None = None, again: bool = False) -> None:
        """Look through another PDF; from the first page whose words ``start`` accepts, else from the beginning; or, where
        it is the same document set ``again``, from where one is."""
        self._start = start
        self.sheets.open(untrusted_pdf, again)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of pages."""
        self._sentence.setText(sentence)
        self._stack.setCurrentIndex(0)
        if self.count:
            self.sheets.forget()
        self._mark()

    def warn(self, tone: str, icon: str, sentence: str) -> None:
        """Keep a line above the pages; an empty sentence takes it away."""
        while (item := self._strip.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if sentence:
            strip = QFrame()
            restyle(strip, frame=f"strip-{tone}")
            line = QHBoxLayout(strip)
            line.setContentsMargins(12, 6, 12, 6)
            line.setSpacing(8)
            line.addWidget(Icon(icon, 18, tone))
            line.addWidget(label(sentence, "strong", tone), 1)
            self._strip.addWidget(strip)

    def turn(self, by: int) -> None:
        """To an earlier or later page."""
        self.go(self.number + by)

    def go(self, number: int) -> None:
        """To a page, counted from 0."""
        self.sheets.go(number)
        announce(self, page_words(self.number, self.count))

    def stop(self) -> None:
        """Let go of the PDF."""
        self.sheets.forget()

    def _opened(self) -> None:
        self._stack.setCurrentIndex(2 if self.as_text.isChecked() else 1)
        self._mark()
        if self._start is not None:
            # Its page is known once the words are: they are all read, in order.
            self.sheets.drawer.want_words(range(self.count))
        self.opened.emit()

    def _switch(self) -> None:
        words = self.as_text.isChecked()
        if self.count:
            self._stack.setCurrentIndex(2 if words else 1)
        self._mark()

    def _turned(self, number: int) -> None:
        self._mark()
        self.turned.emit(number)

    def _read(self, number: int, words: str) -> None:
        if self._start is not None and self._start(words):
            self._start = None
            self.sheets.drawer.want_words(())
            self.sheets.go(number)
        if number == self.number:
            self._mark()

    def _mark(self) -> None:
        """Say where one is, in the bar and to a screen reader."""
        number, count = self.number, self.count
        place = page_words(number, count) if count else ""
        self._place.setText(place)
        words = self.sheets.drawer.text(number) or ""
        self.sheets.setAccessibleName(place or self._sentence.text())
        self.sheets.setAccessibleDescription(words)
        self.text.setAccessibleName(_("Words of page {number}").format(number=number + 1))
        if self.as_text.isChecked() and self.text.toPlainText() != words:
            self.text.setPlainText(words)
        if self.as_text.isChecked() and words:
            self.sheets.mark_looked_at(number)
        self.earlier.setEnabled(number > 0)
        self.later.setEnabled(number + 1 < count)
        self.as_text.setEnabled(bool(count))
        self._mark_zoom()

    def _mark_zoom(self) -> None:
        usable = bool(self.count) and not self.as_text.isChecked()
        self.smaller.setEnabled(usable and not self.sheets.smallest)
        self.larger.setEnabled(usable and not self.sheets.largest)
