"""Let the person choose where a file goes, and write it there: "saved" is said after it was read back and compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.ui.session import Session


def save_as(
    session: Session,
    page: QWidget,
    title: str,
    name: str,
    make: Callable[[], bytes],
    told: str,
    refused: Callable[[DeskError], None] | None = None,
) -> None:
    """``name`` is proposed; ``make`` gives the bytes; ``told`` is said of the file with its {name}."""
    desk = session.desk

    def save(chosen: str) -> None:
        path = Path(chosen)
        session.tasks.run(
            _("Saving"),
            lambda report: desk.files.save(path, make()),
            lambda _nothing: session.tell(told.format(name=path.name)),
            refused,
        )

    dialog = QFileDialog(page.window(), title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_("Answers (*.crsv)")])
    dialog.setDefaultSuffix("crsv")
    dialog.selectFile(name)
    dialog.fileSelected.connect(save)
    dialog.open()
