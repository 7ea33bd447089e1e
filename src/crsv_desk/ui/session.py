"""What every page shares: the open desk, the work under way, and where to go next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from crsv_desk.services.desk import Desk
from crsv_desk.services.read_ahead import read_ahead
from crsv_desk.services.receive import Verdict
from crsv_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were taken in together."""

    time: str
    verdicts: tuple[Verdict, ...]


class Session(QObject):
    """One open workspace in one window."""

    changed = Signal()
    """The workspace holds something new: pages show themselves again."""
    went = Signal(str, str)
    """Show the page of this name for this dossier (empty where the page is about none)."""
    told = Signal(str, str)
    """A sentence for the person, and its tone: "ok", "warn", "bad" or "info"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        # What a job has changed is read on its thread, so that the pages that show it find it ready.
        self.tasks = Tasks(self, lambda: read_ahead(desk))
        self.batches: list[Batch] = []
        """What became of the files taken in while the window is open, newest first."""
        self.comparing = ""
        """Fingerprint of the key whose code the person wants to compare; empty for whoever comes first."""
        self.commenting = ""
        """Id of the block on which the person wants to comment; empty for the whole letter."""
        self.language = ""
        """In which language the person reads letters; empty for the first of each."""
        self.reading = ""
        """Id of the block that the letter's page shows first; empty for where the person was."""
        self.settling = ""
        """Id of the remark that the comments page shows first; empty for where the person was."""
        self.tasks.failed.connect(lambda sentence: self.told.emit(sentence, "bad"))

    def go(self, page: str, dossier: str = "") -> None:
        """Show a page."""
        self.went.emit(page, dossier)

    def received(self, verdicts: Sequence[Verdict]) -> None:
        """Remember what became of files that were taken in (``batches``)."""
        self.batches.insert(0, Batch(self.desk.clock.now(), tuple(verdicts)))

    def tell(self, sentence: str, tone: str = "ok") -> None:
        """Say one translated sentence to the person."""
        self.told.emit(sentence, tone)
