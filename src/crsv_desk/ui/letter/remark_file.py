"""The one file in which every remark that waits goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.answering import save_outgoing
from crsv_desk.services.remarks import mark_sent, remarks_file
from crsv_desk.ui.file_dialogs import choose_place
from crsv_desk.ui.session import Session


def ask_place(
    session: Session, dossier: str, page: QWidget, refused: Callable[[DeskError], None] | None = None
) -> None:
    """Let the person choose where the file goes, and save it; "saved" is said after it was read back and compared."""
    desk = session.desk
    out = remarks_file(desk, dossier)

    def save(path: Path) -> None:
        def saved(_nothing: object) -> None:
            mark_sent(desk, dossier, out)
            words = _("Saved as {name} and read back. Send it to the secretariat.")
            if out.sealed:
                words = _("Saved as {name} and read back. Send it straight to the secretariat, to nobody else.")
            session.tell(words.format(name=path.name))
            session.changed.emit()

        session.tasks.run(_("Saving"), lambda report: save_outgoing(desk, out, path), saved, refused)

    name = out.name if out.sealed else _("remarks-{name}").format(name=out.name)
    choose_place(page, _("Save your remarks"), {_("Answers (*.crsv)"): "crsv"}, name, save)
