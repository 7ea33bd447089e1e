"""How the page for writing is put together: panes behind tabs, the set pages beside them or behind a tab of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.drafting import Draft
from crsv_desk.services.overview import LetterSummary
from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Segments
from crsv_desk.ui.components import Page, action_bar, column, flowing, header, label, primary, scrolled, secondary
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.secretariat.text_checks import ChecksPane
from crsv_desk.ui.secretariat.text_fields import FieldsPane
from crsv_desk.ui.secretariat.text_preview import DraftPreview
from crsv_desk.ui.secretariat.text_publish import PublishPane
from crsv_desk.ui.secretariat.text_words import WordsPane
from crsv_desk.ui.session import Session

WORDS, FIELDS, CHECKS, PUBLISH = range(4)
NARROW = 880
"""Below this many pixels (at 100 % text size) the pages have a tab of their own instead of a place beside."""
PAGES = 4


class TextFrame(Page):
    """The panes and bars, and what the page's helpers ask of the page: the draft, and to show and keep another."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self.session, self.dossier = session, dossier
        self._made = False
        self._shown: tuple[int, str] | None = None
        """Number of versions and title in the bar on top."""

    @property
    def draft(self) -> Draft:
        """What stands on the page now."""
        raise NotImplementedError

    def keep_typed(self) -> None:
        """Keep what is typed, if anything waits."""
        raise NotImplementedError

    def put(self, draft: Draft, language: str = "") -> None:
        """Show another draft and keep it."""
        raise NotImplementedError

    def make_panes(self) -> None:
        """Once, before the first draft is shown."""
        self._made, self._shown = True, None
        self.words, self.fields, self.checks, self.publishing = WordsPane(), FieldsPane(), ChecksPane(), PublishPane()
        self.preview = DraftPreview(self.session)
        names = (_("Words"), _("Fields"), _("Look over"), _("Publish"), _("Pages"))
        self.tabs = Segments(names, (), _("Parts of writing"))
        self.panes = QStackedWidget()
        for pane in (self.words, self.fields, self.checks, self.publishing):
            inner = column(pane, spacing=0)
            inner.layout().setContentsMargins(0, 0, 12, 8)  # type: ignore[union-attr]
            self.panes.addWidget(scrolled(inner))
        self._content = QWidget()
        self._across = QHBoxLayout(self._content)
        self._across.setContentsMargins(24, 12, 20, 0)
        self._across.setSpacing(20)
        self._across.addWidget(column(flowing(self.tabs), self.panes, spacing=10), 54)
        self._across.addWidget(self.preview, 46)
        self.opening = secondary(_("&Open a file…"), "folder-open")
        self.saving = secondary(_("Sa&ve as…"), "file-down")
        self.go_on = primary(_("Go on to publish"), trailing="arrow-right")
        self.kept = label("", "small", wrap=False)
        self.kept.setProperty("spare", True)

    def show_bars(self, one: LetterSummary | None) -> None:
        """The bars around the panes, anew where they say something else; the panes stay as they are."""
        shown = (one.versions, one.title) if one is not None else (-1, "")
        if shown == self._shown:
            return
        self._shown = shown
        new = [header(_("New letter"), _("not kept under a name yet"))]
        top = top_bars(self.session, one, "text") if one is not None else new
        left = [back_button(self.session, _("Back"), "home"), self.opening, self.saving]
        for part in (self._content, self.opening, self.saving, self.kept, self.go_on):
            part.setParent(None)  # it stays where all else is let go
        self.show_parts(top, self._content, [action_bar(left, [self.kept, self.go_on])])
        self.fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def fit(self) -> None:
        """Pages beside the words where there is room; else behind a tab of their own."""
        if not self._made:
            return
        narrow = self.width() < NARROW * theme.current().scale
        self.tabs.button(PAGES).setVisible(narrow)
        if narrow == (self.panes.indexOf(self.preview) >= 0):
            return
        if narrow:
            self.panes.addWidget(self.preview)
            return
        self.panes.removeWidget(self.preview)
        self._across.addWidget(self.preview, 46)
        self.preview.show()
        if self.tabs.now == PAGES:
            self.tabs.choose(WORDS)

    def show_tab(self, number: int) -> None:
        """Show one of the panes."""
        if number < self.panes.count():
            self.panes.setCurrentIndex(number)
            pane = self.panes.currentWidget()
            if pane is not None and pane.hasFocus():  # a pane with nothing to press in it
                self.tabs.button(number).setFocus()
