"""What holds on every page: each control has a name and a role, Tab comes to it in the order of the page, nothing is cut
at any size, and no stray window appears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QScrollArea,
    QWidget,
)

from crsv_desk.i18n import _
from crsv_desk.services.remarks import comment
from crsv_desk.ui import dates, preferences, theme
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.pages import PLACES
from crsv_desk.ui.painting import RING
from crsv_desk.ui.theme import Theme
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab, name_of

Sit = Callable[..., Bench]
ANANAS = "Stichting Ananas"
OF_NO_LETTER = ("home", "received", "check", "settings")
SECRETARIAT = ("home", "received", "check", "settings", "text", "partners", "comments", "compile", "code", "erratum")
PARTNER = ("home", "check", "settings", "read", "comment", "endorse", "send", "code")
ROLES_OF_NOTHING = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


@pytest.fixture
def busy(here: Coalition) -> Coalition:
    """A letter with answers, one of them waiting, and a remark."""
    here.signed(("Vereniging Bosbes",))
    partner = here.partners[ANANAS]
    here.secretariat.take(
        partner.endorse("all").data, comment(partner.desk, partner.dossier, "comment", "Graag een bron.").data
    )
    return here


def _pages(here: Coalition, side: str) -> Iterator[tuple[str, str]]:
    office = here.secretariat if side == "secretariat" else here.partners[ANANAS]
    for name in SECRETARIAT if side == "secretariat" else PARTNER:
        if find_spec(f"crsv_desk.ui.{PLACES[name].split(':')[0]}") is not None:
            yield name, "" if name in OF_NO_LETTER else office.dossier


def _sit(here: Coalition, sit: Sit, side: str, size: tuple[int, int] = (1280, 800)) -> Bench:
    return sit((here.secretariat if side == "secretariat" else here.partners[ANANAS]).desk, size)


def _focusable(top: QWidget) -> list[QWidget]:
    found = []
    for one in top.findChildren(QWidget):
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.isVisible()
        inner = one.objectName().startswith("qt_") or one.focusProxy() is not None
        if takes and not inner:
            found.append(one)
    return found


@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_every_control_has_a_name_and_a_role(busy: Coalition, sit: Sit, side: str) -> None:
    bench = _sit(busy, sit, side)
    nameless = []
    for name, dossier in _pages(busy, side):
        page = bench.go(name, dossier)
        for one in _focusable(page):
            interface = QAccessible.queryAccessibleInterface(one)
            assert interface is not None
            if not name_of(one).strip() or interface.role() in ROLES_OF_NOTHING:
                nameless.append((name, type(one).__name__, name_of(one), interface.role()))
    assert nameless == []


@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_tab_comes_to_every_control_from_top_to_bottom(busy: Coalition, sit: Sit, side: str) -> None:
    bench = _sit(busy, sit, side)
    for name, dossier in _pages(busy, side):
        page = bench.go(name, dossier)
        before: list[QWidget] = []
        while before != _focusable(page):  # the pages of a letter appear when they are made
            before = _focusable(page)
            stops = bench.tab_round()
        within = [one for one in stops if page.isAncestorOf(one)]
        missed = [
            name_of(one)
            for one in _focusable(page)
            if one not in stops and not _in_a_group(one) and not any(one.isAncestorOf(stop) for stop in stops)
        ]
        assert missed == [], f"{name}: Tab never comes to these"
        start = next((at for at, one in enumerate(stops) if not page.isAncestorOf(one)), 0)
        turned = [one for one in stops[start:] + stops[:start] if one in within]
        bars = [_part(page, one) for one in turned]
        assert bars == sorted(bars), f"{name}: Tab goes back up, {[name_of(one) for one in turned]}"


def _in_a_group(one: QWidget) -> bool:
    """Of buttons of which one holds, Tab comes to that one; the arrows go on."""
    group = one.group() if isinstance(one, QPushButton) else None
    return bool(getattr(one, "autoExclusive", lambda: False)()) or (group is not None and group.exclusive())


def _part(page: QWidget, one: QWidget) -> int:
    """In which bar of the page a control stands, from the top."""
    layout = page.layout()
    assert layout is not None
    for at in range(layout.count()):
        item = layout.itemAt(at)
        part = item.widget() if item is not None else None
        if part is not None and (part is one or part.isAncestorOf(one)):
            return at
    return -1


@pytest.mark.parametrize("side", ["secretariat", "partner"])
@pytest.mark.parametrize(
    ("look", "size"),
    [
        (Theme("light", 1.0), (1280, 800)),
        (Theme("dark", 1.0), (900, 600)),
        (Theme("contrast", 1.5), (1280, 800)),
        (Theme("light", 2.0), (1280, 800)),
        (Theme("light", 2.0), (900, 600)),
    ],
    ids=lambda value: value.name + str(value.scale) if isinstance(value, Theme) else "x".join(map(str, value)),
)
def test_nothing_is_cut(
    busy: Coalition, sit: Sit, side: str, look: Theme, size: tuple[int, int], qapp: QApplication
) -> None:
    theme.apply(qapp, look)
    bench = _sit(busy, sit, side, size)
    cut = []
    for name, dossier in _pages(busy, side):
        page = bench.go(name, dossier)
        grab(bench.window, f"{side}-{name}-{look.name}-{look.scale}-{size[0]}x{size[1]}")
        assert bench.window.width() <= size[0], f"{name} makes the window wider"
        cut += [(name, *one) for one in _cut(page)]
    assert cut == []


def _cut(page: QWidget) -> list[tuple[str, str, int, int]]:
    """Labels and buttons narrower than their words, and whatever stands out of the page at the right."""
    found = []
    for one in page.findChildren(QWidget):
        if not one.isVisible():
            continue
        words = one.text() if isinstance(one, QLabel | QPushButton) else ""
        if isinstance(one, QPushButton) and one.width() < one.sizeHint().width() - 2:
            found.append(("narrow", words, one.width(), one.sizeHint().width()))
        plain = isinstance(one, QLabel) and not one.wordWrap() and type(one) is QLabel and one.pixmap().isNull()
        if plain and one.width() < one.sizeHint().width() - 2:
            found.append(("narrow", words, one.width(), one.sizeHint().width()))
        spare = one.fontMetrics().descent()  # of a line's room; less than this takes nothing from the letters
        if isinstance(one, QLabel) and one.wordWrap() and one.height() < one.heightForWidth(one.width()) - spare:
            found.append(("low", words, one.height(), one.heightForWidth(one.width())))
    for area in page.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner is not None and inner.width() > area.viewport().width() + 1:
            found.append(("wide", inner.objectName(), area.viewport().width(), inner.width()))
    return found


@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_a_message_leaves_every_button_of_the_bar_whole(
    busy: Coalition, sit: Sit, side: str, qapp: QApplication
) -> None:
    """In the lowest window with the largest text, and in the language with the longest words."""
    dates.speak("fr")
    theme.apply(qapp, Theme("light", 2.0))
    bench = _sit(busy, sit, side, (900, 600))
    sentence = "Het briefbestand is bewaard als brief-versie-1.crsv en teruggelezen; stuur het aan de partners. " * 2
    cut = []
    for name, dossier in _pages(busy, side):
        page = bench.go(name, dossier)
        bench.session.tell(sentence)
        bench.settle()
        grab(bench.window, f"message-{side}-{name}")
        for one in page.findChildren(Button):
            in_bar = isinstance(parent := one.parentWidget(), QFrame) and parent.property("frame") == "bar"
            if in_bar and one.isVisible():
                bottom = one.mapTo(bench.window, QPoint(0, one.height() - RING)).y()
                cut += [(name, one.text(), bottom)] if bottom > 600 else []
    assert cut == []
    assert bench.has(sentence.strip()), "the whole of it is said"
    bench.tab_to(_("Read all of it"))
    bench.press("Space")
    grab(bench.top, f"message-whole-{side}")
    [words] = [one for one in bench.visible(QLabel) if one.text().strip() == sentence.strip()]
    assert isinstance(bench.top, QDialog) and bench.top.rect().contains(
        words.mapTo(bench.top, words.rect().bottomRight())
    )
    bench.press("Escape")
    bench.settle()
    bench.session.tell("Bewaard.")
    bench.settle()
    assert not bench.has(_("Read all of it")), "a short one has room"
    bench.session.tell(sentence)
    bench.settle()
    bench.tab_to("Fermer")
    bench.press("Space")
    assert not bench.window.messages.isVisible()


class _Strays(QObject):
    """Notes every window that is shown and is none of those that may be."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(target, QWidget) and target.isWindow():
            popup = target.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not isinstance(target, QMainWindow | QDialog | QMenu) and not popup:
                self.seen.append(f"{type(target).__name__} {name_of(target)!r}")
        return False


@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_no_part_of_a_page_is_a_window_for_a_moment(busy: Coalition, sit: Sit, side: str, qapp: QApplication) -> None:
    strays = _Strays()
    qapp.installEventFilter(strays)
    try:
        bench = _sit(busy, sit, side)
        for name, dossier in _pages(busy, side):
            bench.go(name, dossier)
    finally:
        qapp.removeEventFilter(strays)
    assert strays.seen == []


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_no_two_keys_of_a_page_are_the_same(busy: Coalition, sit: Sit, side: str, language: str) -> None:
    """Alt and a letter goes to one thing: of two, Qt would only move the focus between them."""
    dates.speak(language)
    bench = _sit(busy, sit, side)
    bench.desk.store.set_setting(preferences.LANGUAGE, language)
    bench.window.rebuild()
    clashes = []
    for name, dossier in _pages(busy, side):
        bench.go(name, dossier)
        keys = defaultdict(set)
        for one in bench.window.findChildren(QWidget):
            buddy = isinstance(one, QLabel) and one.buddy() is not None and one.buddy().isVisible()
            if (buddy or isinstance(one, QAbstractButton)) and one.isVisible():
                assert isinstance(one, QLabel | QAbstractButton)
                key = QKeySequence.mnemonic(one.text()).toString()
                if key:
                    keys[key].add(one.text())
        clashes += [(name, key, sorted(texts)) for key, texts in keys.items() if len(texts) > 1]
    assert clashes == []
