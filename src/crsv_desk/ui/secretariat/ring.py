"""How many of all have signed: a ring, and always the same in words beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.overview import LetterSummary, StatusRow
from crsv_desk.ui import theme
from crsv_desk.ui.components import Card, card, column, label, row
from crsv_desk.ui.secretariat import standings

SIZE, STROKE = 84, 9


class Ring(QWidget):
    """Painted from twelve o'clock; silent for a screen reader, for words stand beside it."""

    def __init__(self, part: int, whole: int) -> None:
        super().__init__()
        self._part, self._whole = part, whole
        self.setFixedSize(SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        circle = QRectF(STROKE / 2, STROKE / 2, SIZE - STROKE, SIZE - STROKE)
        contrast = theme.current().name == "contrast"  # there nothing is told by a shade
        painter.setPen(QPen(colour("line"), 2) if contrast else QPen(colour("sunken"), STROKE))
        painter.drawEllipse(circle)
        if self._whole:
            painter.setPen(QPen(colour("accent"), STROKE, c=Qt.PenCapStyle.FlatCap))
            painter.drawArc(circle, 90 * 16, -round(360 * 16 * self._part / self._whole))
        words = f"{self._part}/{self._whole}"
        font = QFont("Noto Sans")
        font.setPixelSize(19 if len(words) < 6 else 14)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)


def count_card(one: LetterSummary, rows: Sequence[StatusRow]) -> Card:
    """How many have signed, and what else was answered."""
    counts = Counter(entry.standing for entry in rows if not entry.older)
    words = ngettext("{count} of {all} has signed", "{count} of {all} have signed", one.endorsed)
    lines = [label(words.format(count=one.endorsed, all=one.organisations), "h2")]
    for count, text in (
        (counts["endorsed an older version"], ngettext(
            "{count} signed an older version", "{count} signed an older version",
            counts["endorsed an older version"])),
        (counts["opened"], ngettext(
            "{count} opened it and answers later", "{count} opened it and answer later", counts["opened"])),
        (counts["remarks"], ngettext(
            "{count} sent remarks and no decision", "{count} sent remarks and no decision", counts["remarks"])),
        (counts["attested"], ngettext(
            "{count} declared by you, counted apart", "{count} declared by you, counted apart", counts["attested"])),
        (sum(entry.withheld and entry.standing in standings.FILTERS["signed"] for entry in rows),
         _("{count} of them with the name withheld")),
    ):  # fmt: skip
        if count:
            lines.append(label(text.format(count=count), "small"))
    result = card(
        row(Ring(one.endorsed, one.organisations), column(None, *lines, None, spacing=1), spacing=16), margin=12
    )
    beside_a_picture(result)
    return result


def beside_a_picture(box: Card) -> None:
    """The words beside the picture take the room."""
    line = box.body.itemAt(0).widget().layout()  # type: ignore[union-attr]
    line.setStretch(1, 1)  # type: ignore[union-attr]
