"""Who you are, and how the window looks and speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.colleague import own_card
from crsv_desk.services.identity import own_identity
from crsv_desk.ui import preferences, theme
from crsv_desk.ui.buttons import Button, secondary
from crsv_desk.ui.code_view import CodeView
from crsv_desk.ui.components import Field, Page, at_most, card, clear, field, label, scrolled
from crsv_desk.ui.file_dialogs import choose_place
from crsv_desk.ui.session import Session

LANGUAGES = (("nl", "Nederlands"), ("en", "English"), ("fr", "Français"))


class SettingsPage(Page):
    """Identity and settings."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session = session
        room = QWidget()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(16)
        inner = QWidget()
        inner.setLayout(self._lines)
        outer = QVBoxLayout(room)
        outer.setContentsMargins(32, 36, 32, 24)
        outer.addWidget(at_most(inner, 760))
        outer.addStretch(1)
        self.show_parts([], scrolled(room))
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        clear(self._lines)
        self._lines.addWidget(label(_("Identity and settings"), "title"))
        own = own_identity(self._session.desk)
        code = CodeView(own.code, _("Your code"))
        self._lines.addWidget(
            card(
                label(own.organisation, "h2"),
                label(_("{person}, {role}").format(person=own.person, role=own.role)),
                label(_("Your code, to read aloud when somebody calls to check that it is you:"), "muted"),
                code,
                self._laptop_card(),
                self._recipient(),
                margin=24,
                spacing=12,
            )
        )
        self._lines.addWidget(card(label(_("How it looks"), "h2"), *self._choices(), margin=24, spacing=16))

    def _recipient(self) -> Field:
        """What a voucher or an auditor gives to a secretariat, so that answers can be sealed to this workspace."""
        desk = self._session.desk
        line = QLineEdit(desk.sealing.recipient(own_identity(desk).age_secret))
        line.setReadOnly(True)
        line.setCursorPosition(0)
        hint = _("Only if a secretariat asks for it: it can name you as a voucher or an auditor then. It is no secret.")
        return field(_("&Key to which others seal for you"), line, hint)

    def _laptop_card(self) -> Button:
        button = secondary(_("&Save this laptop's card…"), "save", small=True)
        button.setAccessibleDescription(_("For a colleague of the same secretariat, who adds this laptop to a letter"))
        button.setToolTip(button.accessibleDescription())
        button.clicked.connect(self.ask_place)
        return button

    def ask_place(self) -> None:
        """Let the person choose where this laptop's card goes."""
        kinds = {_("Cards of laptops (*.json)"): "json"}
        choose_place(self, _("Save this laptop's card"), kinds, _("laptop.json"), self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the card."""
        desk = self._session.desk
        self._session.tasks.run(
            _("Saving"),
            lambda report: desk.files.save(path, own_card(desk)),
            lambda _nothing: self._session.tell(
                _("The card was saved as {name}. Give it to your colleague, and read your code to each other.").format(
                    name=path.name
                )
            ),
        )

    def _choices(self) -> Sequence[Field]:
        store = self._session.desk.store
        themes = (
            ("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark")), ("contrast", _("High contrast")),
        )  # fmt: skip
        sizes = [(str(step), f"{round(step * 100)} %") for step in theme.SCALES]
        languages = (("", _("As the computer")), *LANGUAGES)
        return (
            self._choice(_("&Theme"), themes, preferences.THEME, preferences.preference(store)),
            self._choice(_("Text &size"), sizes, preferences.SCALE, str(preferences.scale(store))),
            self._choice(
                _("&Language"), languages, preferences.LANGUAGE, store.setting(preferences.LANGUAGE), self._rebuild
            ),
        )

    def _choice(
        self,
        name: str,
        values: Sequence[tuple[str, str]],
        setting: str,
        now: str,
        then: Callable[[], None] = lambda: None,
    ) -> Field:
        box = QComboBox()
        for value, words in values:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(now), 0))

        def choose() -> None:
            store = self._session.desk.store
            store.set_setting(setting, box.currentData())
            preferences.put_in_force(store)
            then()

        box.activated.connect(choose)
        return field(name, box)

    def _rebuild(self) -> None:
        rebuild = getattr(self.window(), "rebuild", None)
        if rebuild is not None:
            rebuild()
