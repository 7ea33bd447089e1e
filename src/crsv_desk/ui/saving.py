"""Let the person choose where a file goes, and write it there: "saved" is said after it was read back and compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.ui.file_dialogs import choose_place
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

    def save(path: Path) -> None:
        session.tasks.run(
            _("Saving"),
            lambda report: desk.files.save(path, make()),
            lambda _nothing: session.tell(told.format(name=path.name)),
            refused,
        )

    choose_place(page, title, {_("Answers (*.crsv)"): "crsv"}, name, save)
