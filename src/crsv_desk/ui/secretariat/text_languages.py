"""The same letter in another language, block for block: begun, and taken away."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from crsv_desk.i18n import _
from crsv_desk.services.drafting import Translation
from crsv_desk.services.revise import with_translation
from crsv_desk.ui.secretariat.text_frame import TextFrame


class TextLanguages:
    """Asks for a language and begins its text, for one page."""

    def __init__(self, page: TextFrame) -> None:
        self._page = page

    def ask(self) -> None:
        """Let the person say which language comes beside the first."""
        self._page.keep_typed()
        dialog = QInputDialog(self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Add a language"))
        dialog.setLabelText(_("A short code of the language, such as fr, en or ar:"))
        dialog.setOkButtonText(_("Add"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(lambda text: self.add(text.strip()))
        dialog.open()

    def add(self, language: str) -> None:
        """Begin a text with the same blocks as the first, to be written over."""
        draft = self._page.draft
        if not language or language in {one.language for one in draft.texts}:
            sentence = _("The language {language} is there twice; give each text its own.").format(language=language)
            self._page.session.tell(sentence, "warn")
            return
        first = draft.texts[0]
        one = Translation(language, first.subject, first.salutation, first.closing, first.body)
        self._page.put(with_translation(draft, one), language)
        self._page.words.subject.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, language: str) -> None:
        """Take a text away; the first one stays."""
        draft = self._page.draft
        self._page.put(replace(draft, also=tuple(one for one in draft.also if one.language != language)))
