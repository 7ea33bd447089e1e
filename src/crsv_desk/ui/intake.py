"""Files that a person opened or dropped: packets are taken in, a PDF goes to the page that checks it.

What a file is, its content says; its name only saves the reading of a PDF here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.overview import list_letters
from crsv_desk.services.receive import Untrusted, Verdict, receive
from crsv_desk.ui.session import Session

MOST_BYTES = 600_000_000


@dataclass(frozen=True, slots=True)
class _Taken:
    verdicts: tuple[Verdict, ...]
    pdfs: tuple[Path, ...]


class Intake(QObject):
    """Takes files in for one session and leads to where the person goes on."""

    check = Signal(object)
    """The path of a PDF to check."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def take(self, paths: Sequence[Path]) -> None:
        """Read ``paths`` (files, or folders of them) off this thread, then say what became of them."""
        pdfs = [path for path in paths if path.suffix.lower() == ".pdf"]
        others = [path for path in paths if path not in pdfs]
        if others:
            label = _("Opening files")
            self._session.tasks.run(
                label, lambda report: self._receive(others, report), lambda it: self._took(it, pdfs)
            )
        else:
            self._look_at(pdfs)

    def take_text(self, text: str) -> None:
        """The same for an answer that was pasted as text."""
        files = [Untrusted(_("pasted text"), text.encode())]
        desk = self._session.desk
        self._session.tasks.run(_("Reading"), lambda report: list(receive(desk, files, report)), self._told)

    def _receive(self, paths: Sequence[Path], report: Report) -> _Taken:
        desk, files, verdicts, pdfs = self._session.desk, [], [], []
        for path in _all_files(paths):
            try:
                untrusted_data = desk.files.load(path, MOST_BYTES)
            except DeskError as error:
                verdicts.append(Verdict(path.name, "refused", "", "", str(error)))
                continue
            if path in paths and desk.packets.kind(untrusted_data) in ("pdf", "encrypted"):
                pdfs.append(path)  # whatever its name, a person pointed at it
            else:
                files.append(Untrusted(path.name, untrusted_data))
        return _Taken((*verdicts, *receive(desk, files, report)), tuple(pdfs))

    def _took(self, taken: _Taken, pdfs: Sequence[Path]) -> None:
        if taken.verdicts or not taken.pdfs:
            self._told(list(taken.verdicts))
        self._look_at([*pdfs, *taken.pdfs])

    def _look_at(self, pdfs: Sequence[Path]) -> None:
        """Check the first of them; there is one verdict on the page at a time."""
        if not pdfs:
            return
        self.check.emit(pdfs[0])
        if len(pdfs) > 1:
            sentence = _("One PDF is checked at a time: this is {name}. Open the others afterwards.")
            self._session.tell(sentence.format(name=pdfs[0].name), "info")

    def _told(self, verdicts: list[Verdict]) -> None:
        self._session.received(verdicts)
        if not verdicts:
            self._session.tell(_("There is no file in there that could be opened."), "warn")
            return
        refused = [one for one in verdicts if one.outcome in ("refused", "sealed to others")]
        if len(refused) == len(verdicts):
            self._session.tell(f"{refused[0].name}: {refused[0].sentence}", "bad")
            self._session.changed.emit()
            return
        self._session.changed.emit()
        self._lead_on(verdicts)
        new = len({one.name for one in verdicts if one.outcome in ("new", "held apart")})
        if refused:
            sentence = ngettext(
                "{count} file was refused; the others were taken in.",
                "{count} files were refused; the others were taken in.",
                len(refused),
            ).format(count=len(refused))
            self._session.tell(sentence, "warn")
        elif new:
            own = [one.sentence for one in verdicts if one.own]
            words = ngettext("{count} file was taken in.", "{count} files were taken in.", new).format(count=new)
            self._session.tell(own[0] if own else words)
        else:
            self._session.tell(_("You had this already; nothing changed."), "info")

    def _lead_on(self, verdicts: Sequence[Verdict]) -> None:
        """To the letter for a partner, to what was received for its secretariat."""
        dossiers = list(dict.fromkeys(one.dossier for one in verdicts if one.dossier))
        letters = {one.dossier: one for one in list_letters(self._session.desk)}
        if len(dossiers) != 1 or dossiers[0] not in letters:
            self._session.go(
                "received" if any(letters[one].secretariat for one in dossiers if one in letters) else "home"
            )
        elif letters[dossiers[0]].secretariat:
            self._session.go("received")
        elif letters[dossiers[0]].versions:
            self._session.go("read", dossiers[0])
        else:
            self._session.go("home")


def _all_files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        else:
            found.append(path)
    return found
