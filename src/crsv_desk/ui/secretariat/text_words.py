"""What people sign: subject, salutation, body and closing words, in one language at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.draft_checks import Problem
from crsv_desk.services.drafting import Draft, Translation
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Field, Tick, column, field, label, quiet, row, secondary
from crsv_desk.ui.flow import Flow
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.secretariat.markdown_edit import MarkdownEdit
from crsv_desk.ui.wrapped_line import WrappedLine


class WordsPane(QWidget):
    """Shows one text of a draft; ``changed`` follows every keystroke in it."""

    changed = Signal()
    named = Signal()
    """The person has gone on from the subject."""
    turned = Signal(str)
    """Another language is shown."""
    adding = Signal()
    """The person wants to add a language."""
    removing = Signal(str)
    """The person wants to take a language away."""

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.languages = QComboBox()
        self.languages.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.languages.setMinimumContentsLength(14)
        self.languages.currentIndexChanged.connect(self._turn)
        self._language = label(_("&Language of this text"), "label", wrap=False)
        self._language.setBuddy(self.languages)
        self.add = quiet(_("Add a language…"), "plus", small=True)
        self.add.clicked.connect(self.adding)
        self.remove = quiet(_("Take away"), "x", small=True)
        self.remove.clicked.connect(lambda: self.removing.emit(self.language))
        self.authentic = Tick(
            _("This text is authentic too"),
            _("It binds like the first one, and is printed. Otherwise it helps to read."),
        )
        self.authentic.toggled.connect(self._edited)
        self._subject, self._salutation, self._closing = WrappedLine(), WrappedLine(), WrappedLine()
        self.subject = field(_("&Subject"), self._subject)
        self.salutation = field(_("Sa&lutation"), self._salutation)
        self.closing = field(_("Closing &words"), self._closing)
        self.editor = MarkdownEdit()
        self.editor.setMinimumHeight(220)
        self.body = field(_("Te&xt of the letter"), self.editor)
        for line in (self._subject, self._salutation, self._closing):
            line.textChanged.connect(self._edited)
        self.editor.textChanged.connect(self._edited)
        self._subject.finished.connect(self.named)
        self._build()

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        self._which = row(self._language, self.languages, self.remove, None, spacing=8)
        lines.addWidget(self._which)
        lines.addWidget(self.authentic)
        lines.addWidget(self.subject)
        lines.addWidget(Columns((column(self.salutation, None), column(self.closing, None)), 420, (66, 34)))
        lines.addWidget(self.body.label)
        lines.addWidget(self._tools())
        lines.addWidget(self.body, 1)

    def _tools(self) -> QWidget:
        """What is done to words, as buttons; each says its key."""
        bar = QWidget()
        line = Flow(bar, 2)
        line.setContentsMargins(0, 0, 0, 0)
        edit = self.editor
        tools: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            (_("Heading"), "heading", "", lambda: edit.line("## ")),
            (_("List"), "list", "", lambda: edit.line("- ")),
            (_("Numbered list"), "list-ordered", "", lambda: edit.line("1. ")),
            (_("Quotation"), "quote", "", lambda: edit.line("> ")),
            (_("Emphasis"), "italic", "Ctrl+I", lambda: edit.around("*")),
            (_("Strong"), "bold", "Ctrl+B", lambda: edit.around("**")),
            (_("Link"), "link", "Ctrl+K", edit.link),
            (_("Undo"), "undo-2", "Ctrl+Z", edit.undo),
        )
        self.tools: list[Button] = []
        for name, icon, key, do in tools:
            button = secondary("", icon, small=True)
            button.setAccessibleName(name)
            button.setAccessibleDescription(key)
            button.setToolTip(f"{name} ({key})" if key else name)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self.tools.append(button)
            line.addWidget(button)
        line.to_the_right()
        line.addWidget(self.add)
        return bar

    @property
    def language(self) -> str:
        """The language that is shown."""
        return str(self.languages.currentData() or "")

    @property
    def naming(self) -> bool:
        """Whether the subject is being typed right now."""
        return self._subject.hasFocus() and self.isVisible()

    def begin_at(self, draft: Draft) -> QWidget:
        """Where a person begins with this draft."""
        if not draft.text("subject").strip():
            return self._subject
        return self.editor if draft.body.strip() or draft.text("salutation") else self._salutation

    # --- between the draft and the fields

    def show_draft(self, draft: Draft, language: str = "") -> None:
        """Show a draft's text in ``language``, or in the one that is shown, or its first. Says nothing of changes."""
        wanted = language or self.language
        text = next((one for one in draft.texts if one.language == wanted), draft.texts[0])
        self._filling = True
        self.languages.clear()
        for one in draft.texts:
            self.languages.addItem(language_name(one.language, one is draft.texts[0] or one.authentic), one.language)
        self.languages.setCurrentIndex(self.languages.findData(text.language))
        several, first = len(draft.texts) > 1, text.language == draft.language
        self._which.setVisible(several)
        self.remove.setVisible(not first)
        self.authentic.setVisible(several and not first)
        self.authentic.setChecked(text.authentic)
        for line, words in (
            (self._subject, text.subject),
            (self._salutation, text.salutation),
            (self._closing, text.closing),
        ):
            if line.text() != words:
                line.setText(words)
        if self.editor.toPlainText() != text.body:
            self.editor.set_all(text.body)
        self._filling = False

    def read_into(self, draft: Draft) -> Draft:
        """The draft with what stands in the fields."""
        text = Translation(
            self.language, self._subject.text(), self._salutation.text(), self._closing.text(), self.editor.toPlainText(),
            self.authentic.isChecked(),
        )  # fmt: skip
        if text.language in ("", draft.language):
            fields = {"subject": text.subject, "salutation": text.salutation, "closing": text.closing}
            return replace(draft, front={**draft.front, **fields}, body=text.body)
        return replace(draft, also=tuple(text if one.language == text.language else one for one in draft.also))

    def show_problems(self, found: Sequence[Problem], first: str) -> None:
        """Say under each field what is wrong with it."""
        here = "" if self.language in ("", first) else f"-{self.language}"
        said = {one.field: one.sentence for one in reversed(found)}
        fields: tuple[tuple[Field, str], ...] = (
            (self.subject, "subject"),
            (self.salutation, "salutation"),
            (self.closing, "closing"),
        )
        for one, key in fields:
            one.set_error(said.get(key, "") if not here else "")
        self.body.set_error(said.get(f"body{here}", ""))

    def _turn(self, _index: int) -> None:
        if not self._filling and self.language:
            self.turned.emit(self.language)

    def _edited(self, *_args: object) -> None:
        if not self._filling:
            self.changed.emit()


def language_name(code: str, authentic: bool) -> str:
    """A language as people call it, and whether its text is authentic."""
    name = native_name(code)
    shown = f"{name} ({code})" if name != code else code
    return shown if authentic else _("{language}, to help reading").format(language=shown)
