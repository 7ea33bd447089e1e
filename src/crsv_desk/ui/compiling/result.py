"""What was made: where it lies, how large it is, what its own check said, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.compile import Compiled
from crsv_desk.ui.checking.answers import proofs
from crsv_desk.ui.checking.verdict import VerdictBanner
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Icon, banner, card, label, page_column, row, secondary
from crsv_desk.ui.sizes import disk_of, size_words

EDITION_WORDS = {
    "public": lambda: _("for everybody"),
    "slim": lambda: _("for everybody, small"),
    "full": lambda: _("for the recipient alone"),
}


def result(
    compiled: Compiled, saved: Sequence[Path], slim: Callable[[], None], check: Callable[[Path], None]
) -> tuple[QWidget, VerdictBanner]:
    """The page's contents, and its verdict, which takes the focus. ``slim`` makes the small edition instead."""
    verdict = VerdictBanner(compiled.verification)
    parts: list[QWidget] = [label(_("Sealed, saved, and read back"), "title-s"), _files(compiled, saved, check)]
    if compiled.edition == "full" and saved[-1].suffix != ".age":
        title = _("This file holds names that must stay hidden")
        parts.append(banner("bad", title, _("Give it to its recipient alone, and keep no copy where others look.")))
    if compiled.verification.level == "B-T":
        title = _("The timestamp is there, but not everything that checks it later")
        text = _("The authorities above the timestamp server did not answer, so the seal's level is B-T, not B-LT.")
        parts.append(banner("warn", title, text))
    if compiled.large:
        parts.append(_large(compiled.edition, slim))
    words = label(_("Its own check, as anybody who receives it can repeat it:"), "muted")
    parts += [words, verdict, *proofs(compiled.verification)]
    return page_column(*parts), verdict


def _large(edition: str, slim: Callable[[], None]) -> QWidget:
    title = _("Larger than 7 MB: some mailboxes refuse it")
    if edition != "public":
        return banner("warn", title)
    button = secondary(_("Make the small edition"), small=True)
    button.clicked.connect(slim)
    text = _("The small edition has the same pages; the signed statements are in a file beside it.")
    return banner("warn", title, text, button)


def _files(compiled: Compiled, saved: Sequence[Path], check: Callable[[Path], None]) -> QWidget:
    files = card(spacing=8)
    for path in saved:
        facts = " · ".join(filter(None, (size_words(path.stat().st_size), disk_of(path))))
        files.body.addWidget(
            row(Icon("file-text", 20), label(path.name, "strong"), label(facts, "small"), None, spacing=8)
        )
    if len(saved) > 1:
        files.body.addWidget(label(_("Send both: the PDF is checked with the file beside it."), "muted"))
    count = ngettext("{count} endorsement by name", "{count} endorsements by name", compiled.endorsements)
    words = [EDITION_WORDS[compiled.edition](), count.format(count=compiled.endorsements)]
    if compiled.withheld:
        words.append(_("{count} counted without a name").format(count=compiled.withheld))
    files.body.addWidget(label(" · ".join(words), "muted"))
    folder = secondary(_("Open the &folder"), "folder-open", small=True)
    folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(saved[-1].parent))))
    again = secondary(_("Check it as its &receiver would"), "file-check", small=True)
    again.clicked.connect(lambda: check(saved[-1]))
    files.body.addWidget(Columns((row(again, None), row(folder, None)), 640, spacing=0))
    return files
