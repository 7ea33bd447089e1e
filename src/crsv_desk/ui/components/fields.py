"""A named input that says what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crsv_desk.ui.components.boxes import row
from crsv_desk.ui.components.icon import Icon
from crsv_desk.ui.components.words import label, restyle, show_if


class Field(QWidget):
    """A named input with a line of help and, when it is wrong, a line that says so."""

    def __init__(self, label_text: str, widget: QWidget, hint: str = "") -> None:
        super().__init__()
        self.widget = widget
        self._hint = hint
        if isinstance(widget, QComboBox):  # as wide as there is room, not as its longest entry
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(8)
        self.label = label("", "label")
        self.label.setBuddy(widget)
        self.hint = label(hint, "small")
        show_if(self.hint, bool(hint))
        self._icon = Icon("circle-alert", 16, "bad")
        self._words = label("", "", "bad")
        self.error = row(self._icon, self._words, spacing=6)
        self.error.setVisible(False)
        self.rename(label_text)
        widget.setAccessibleDescription(hint)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self.label, widget, self.hint, self.error):
            lines.addWidget(part)

    def rename(self, label_text: str) -> None:
        """Ask for something else, on the screen and to a screen reader."""
        self.label.setText(label_text)
        self.widget.setAccessibleName(label_text.replace("&", ""))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, under the input and to a screen reader; an empty sentence takes it away."""
        self._words.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.widget.setAccessibleDescription(sentence or self._hint)
        restyle(self.widget, wrong=bool(sentence))


def field(label_text: str, widget: QWidget, hint: str = "") -> Field:
    """An input with its label as buddy ("&Name" gives Alt+N), a hint and room for an error."""
    return Field(label_text, widget, hint)
