"""After every decision only what it changes is shown anew; the page is then what a page made from nothing would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget

from crsv_desk.services.book import block_named
from crsv_desk.services.remarks import comment
from crsv_desk.ui.secretariat.comments import CommentsPage
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab, name_of
from tests.ui.test_comments import ANANAS, BOSBES, FIRST, Sit

CITROEN = "Fonds Citroen"


@dataclass(frozen=True)
class Look:
    """A page as the eye, a screen reader and the keyboard find it."""

    widgets: list[tuple[str, str, str, bool]]
    """Class, name, description and whether it can be used."""
    stops: list[str]
    """Of Tab, from the list on."""
    rows: list[str]
    chosen: int
    scrolled: tuple[int, int]
    picture: QImage


def look(bench: Bench) -> Look:
    bench.window.messages.hush()
    page = bench.page
    assert isinstance(page, CommentsPage)
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    page.list.setFocus()
    page.list.scrollToTop()
    bench.settle()
    seen = [one for one in page.findChildren(QWidget) if one.isVisible()]
    widgets = [(type(one).__name__, name_of(one), one.accessibleDescription(), one.isEnabled()) for one in seen]
    picture = page.grab().toImage()
    model = page.list.remarks
    rows = [str(model.data(model.index(at), Qt.ItemDataRole.AccessibleTextRole)) for at in range(model.rowCount())]
    stops = [name_of(one) for one in bench.tab_round()]
    scrolled = (page._area.verticalScrollBar().maximum(), page.list.verticalScrollBar().maximum())
    return Look(sorted(widgets), stops, rows, page.list.currentIndex().row(), scrolled, picture)


def test_every_step_leads_to_the_page_that_would_be_made_now(here: Coalition, sit: Sit) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    sent = []
    for name, kind, text, block, words in (
        (ANANAS, "proposal", "Zo is het beter.", "1", FIRST.replace("eerste", "belangrijkste").replace("een zin", "een slotzin")),
        (BOSBES, "proposal", "Of zo.", "1", FIRST.replace("eerste", "allereerste")),
        (BOSBES, "question", "Welke drie?", "2", ""),
        (ANANAS, "comment", "Mooi.", "", ""),
        (CITROEN, "comment", "Te lang.", "3", ""),
    ):  # fmt: skip
        office = here.partners[name]
        at = block_named(office.desk, office.volume(), block) if block else ""
        sent.append(comment(office.desk, dossier, kind, text, block=at, proposal=words))  # type: ignore[arg-type]
    here.secretariat.take(*(one.data for one in sent))
    for name in (ANANAS, BOSBES):
        here.confirmed(name)
    bench = sit(desk)
    page = bench.go("comments", dossier)
    assert isinstance(page, CommentsPage)
    kept = page.list, page.save, page._bars.bars[0]

    def as_made_now() -> None:
        bench.settle()
        other, row = sit(desk), page.list.row()
        other.session.settling = row.statement if row is not None else ""
        fresh = other.go("comments", dossier)
        assert isinstance(fresh, CommentsPage)
        fresh.state.setCurrentIndex(page.state.currentIndex())
        fresh.organisation.setCurrentIndex(page.organisation.currentIndex())
        other.settle()
        found, made = look(bench), look(other)
        grab(bench.window, "settled-in-place")
        other.close()
        for field in ("rows", "chosen", "widgets", "stops", "scrolled"):
            assert getattr(found, field) == getattr(made, field), field
        assert found.picture == made.picture
        assert (page.list, page.save, page._bars.bars[0]) == kept, "what says the same stays"

    def decide(number: int, reason: str = "") -> None:
        bench.window.activateWindow()
        bench.until(bench.window.isActiveWindow)
        page.list.setFocus()
        bench.press(str(number))
        assert page.decision is not None
        page.decision.reason.setPlainText(reason)
        bench.press("Ctrl+Return")
        bench.settle()
        assert bench.focus is page.list

    def again(which: int, number: int, reason: str) -> None:
        assert page.list.choose(sent[which].statement)
        decide(number, reason)

    def narrow(box: QComboBox, at: int) -> None:
        box.setCurrentIndex(at)
        bench.session.changed.emit()  # letters for Alt are told apart when a page is shown anew

    as_made_now()
    steps: list[Callable[[], object]] = [
        lambda: decide(3, "Nee."),  # the general one
        lambda: decide(1),  # taken over: the text changes under the next
        lambda: decide(2, "Bijna."),  # which clashes
        lambda: again(0, 3, "Bij nader inzien."),  # in place of what was said
        lambda: narrow(page.state, 1),
        lambda: decide(1, "Geld, vervolging, een gezant."),  # a question is answered, and leaves the list
        lambda: decide(3, "Het is kort."),  # the last one: nothing is left to do
        lambda: narrow(page.state, 0),
        lambda: narrow(page.organisation, 3),
        lambda: again(2, 2, "Toch niet alles."),
        lambda: narrow(page.organisation, 0),
    ]
    for step in steps:
        step()
        as_made_now()
    office = here.partners[ANANAS]
    for refers in ("", sent[0].statement):
        here.secretariat.take(comment(office.desk, dossier, "comment", "En nog iets.", refers=refers).data)
        bench.session.changed.emit()
        as_made_now()
    assert not page.publish.isVisible()
