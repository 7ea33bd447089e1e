"""Which file, where to, in which folder: the system's dialogs, which the window does not wait for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crsv_desk.i18n import _


def documents() -> str:
    """The folder that the system keeps for a person's own papers."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def choose_file(
    widget: QWidget, title: str, kinds: Sequence[str], then: Callable[[Path], None], folder: str = ""
) -> None:
    """Let the person choose a file of one of these ``kinds`` ("Letters (*.crsv)", translated), or any other."""
    dialog = _dialog(widget, title, [*kinds, _("All files (*)")], folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def choose_files(widget: QWidget, title: str, kinds: Sequence[str], then: Callable[[Sequence[Path]], None]) -> None:
    """Let the person choose one file or several."""
    dialog = _dialog(widget, title, [*kinds, _("All files (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def choose_folder(widget: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Let the person choose a folder."""
    dialog = _dialog(widget, title, [])
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def choose_place(
    widget: QWidget,
    title: str,
    kinds: Mapping[str, str],
    name: str,
    then: Callable[[Path], None],
    folder: str = "",
    nowhere: Callable[[], None] = lambda: None,
) -> None:
    """Let the person choose where a file goes; nothing is written. ``kinds``: each in words with its ending ("pdf"), the
    proposed one first; ``name`` is proposed; ``nowhere`` is called when no place was chosen."""
    dialog = _dialog(widget, title, list(kinds), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(next(iter(kinds.values())))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds[kind]))
    dialog.selectFile(name)
    dialog.rejected.connect(nowhere)
    _open(dialog, then)


def _dialog(widget: QWidget, title: str, kinds: Sequence[str], folder: str = "") -> QFileDialog:
    dialog = QFileDialog(widget.window(), title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilters(kinds)
    return dialog


def _open(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
