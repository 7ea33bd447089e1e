"""Before a file with every name in it is saved: whether it really should be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from crsv_desk.i18n import _


def ask_about_full(widget: QWidget, go_on: Callable[[], None]) -> None:
    """Enter and Escape save nothing."""
    box = QMessageBox(widget.window())
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("CRSV Desk")
    box.setText(_("This file will hold every name, also of those who are at risk if it is seen."))
    box.setInformativeText(_("Save it only where nobody but you can look, and give it to its recipient alone."))
    save = box.addButton(_("Save it with all names"), QMessageBox.ButtonRole.DestructiveRole)
    leave = box.addButton(_("Do not save it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.buttonClicked.connect(lambda button: go_on() if button is save else None)
    box.open()
