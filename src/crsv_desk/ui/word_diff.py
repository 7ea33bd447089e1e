"""Words that went and came, in a sentence: struck out and underlined, with colour besides, and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from crsv_desk.domain.changes import Run
from crsv_desk.i18n import _, ngettext
from crsv_desk.ui import theme
from crsv_desk.ui.components import label, row

GAP = "&#8201;"
"""A thin space between what goes and what comes instead, which would else read as one word."""
CONTEXT = 90
"""Characters left of unchanged words beside a change, where the rest of a long paragraph is left out."""


class WordDiff(QLabel):
    """Runs as rich text in the letter's type; every character is escaped."""

    def __init__(self, runs: Sequence[Run], marked: str = "") -> None:
        """``marked`` are words that a remark points at, where nothing changes."""
        super().__init__()
        self._runs, self._marked = tuple(runs), marked
        self.setProperty("type", "letter")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(spoken_runs(runs))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._show()  # the colours stand in the text
        super().changeEvent(event)

    def _show(self) -> None:
        words = "".join(
            _markup(run) + (GAP if run.kind == "removed" and after.kind == "added" else "")
            for run, after in zip(self._runs, (*self._runs[1:], Run("same", "")), strict=True)
        )
        if self._marked:
            now = theme.current()
            mark = escape(self._marked)
            style = f"background:{now.colour('accent_soft').name()}; font-weight:bold; text-decoration:underline"
            words = words.replace(mark, f'<span style="{style}">{mark}</span>', 1)
        html = f'<p style="line-height:122%; margin:0">{words}</p>'
        if html != self.text():
            self.setText(html)


def legend() -> QWidget:
    """What the two ways of marking mean."""
    gone, came = WordDiff([Run("removed", _("struck out"))]), WordDiff([Run("added", _("underlined"))])
    for sample in (gone, came):
        sample.setWordWrap(False)
        sample.setProperty("type", "small")
    return row(
        gone, label(_("= goes out"), "small", wrap=False), came, label(_("= comes in"), "small", wrap=False), None
    )


def around(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with long unchanged stretches cut to what stands beside a change."""
    result = []
    for at, run in enumerate(runs):
        text = run.text
        if run.kind == "same" and len(text) > 2 * CONTEXT:
            first = "" if at == 0 else _cut(text[:CONTEXT], end=True)
            last = "" if at == len(runs) - 1 else _cut(text[-CONTEXT:], end=False)
            text = f"{first} … {last}"
        result.append(Run(run.kind, text))
    return tuple(result)


def spoken_runs(runs: Sequence[Run]) -> str:
    """For a screen reader: the whole, then what went and what came."""
    now = "".join(run.text for run in runs if run.kind != "removed")
    gone = [run.text.strip() for run in runs if run.kind == "removed" and run.text.strip()]
    came = [run.text.strip() for run in runs if run.kind == "added" and run.text.strip()]
    parts = []
    if gone:
        parts.append(_("out: {words}").format(words="; ".join(gone)))
    if came:
        parts.append(_("in: {words}").format(words="; ".join(came)))
    return " · ".join([*parts, now]) if parts else now


def counted(runs: Sequence[Run]) -> str:
    """How many words went and came: "2 words out, 3 in"."""
    out = sum(len(run.text.split()) for run in runs if run.kind == "removed")
    come = sum(len(run.text.split()) for run in runs if run.kind == "added")
    parts = []
    if out:
        parts.append(ngettext("{count} word out", "{count} words out", out).format(count=out))
    if come:
        parts.append(ngettext("{count} word in", "{count} words in", come).format(count=come))
    return ", ".join(parts) if parts else _("only its form")


def _cut(text: str, end: bool) -> str:
    """Without a word that was cut in two."""
    return text.rsplit(" ", 1)[0] if end else text.split(" ", 1)[-1]


def _markup(run: Run) -> str:
    words = escape(run.text).replace("\n", "<br>")
    now = theme.current()
    match run.kind:
        case "removed":
            style = f"color:{now.colour('bad').name()}; background:{now.colour('bad_soft').name()}"
            return f'<span style="{style}; text-decoration:line-through">{words}</span>'
        case "added":
            style = f"color:{now.colour('ok').name()}; background:{now.colour('ok_soft').name()}"
            return f'<span style="{style}; font-weight:bold; text-decoration:underline">{words}</span>'
    return words
