"""What is missing, and what the search for hidden names found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.compile import Prepared
from crsv_desk.services.readiness import Missing, Readiness
from crsv_desk.ui.components import Banner, Card, Icon, banner, card, chip, clear, column, label, quiet, row

ICONS = {
    "letter": "scroll-text", "conflict": "octagon-alert", "unread": "octagon-alert", "lead": "pen-line",
    "older": "history", "declared": "history", "unconfirmed": "badge-question-mark", "silent": "send",
    "contradictory": "triangle-alert", "reservations": "quote", "left": "undo-2", "logos": "image", "remarks": "message-square",
    "revived": "triangle-alert",
}  # fmt: skip
PAGE_OF = {
    "letter": "text", "lead": "endorse", "older": "partners", "declared": "partners", "unconfirmed": "partners",
    "silent": "partners", "contradictory": "partners", "remarks": "comments", "left": "erratum", "revived": "partners",
}  # fmt: skip
"""Where something can be done about it."""


class MissingCard(Card):
    """Each thing with an icon, what follows from it, and the way to where it is put right."""

    def __init__(self, go: Callable[[str], None]) -> None:
        """``go`` leads to a page by its name."""
        super().__init__(margin=12, spacing=8)
        self._go = go

    def show_missing(self, one: Readiness) -> None:
        """What holds now."""
        clear(self.body)
        stops = len(one.stops)
        count = len(one.missing)
        if count:
            words = ngettext("{count} point", "{count} points", count).format(count=count)
            state = chip("bad" if stops else "warn", "octagon-alert" if stops else "triangle-alert", words)
        else:
            state = chip("ok", "circle-check", _("nothing"))
        self.body.addWidget(row(label(_("What is missing"), "h2"), state))
        for missing in one.missing:
            self.body.addLayout(self._line(missing))
        self.setAccessibleName(_("What is missing"))
        self.setAccessibleDescription(" ".join(f"{each.title}. {each.text}" for each in one.missing))

    def _line(self, missing: Missing) -> QHBoxLayout:
        tone = "bad" if missing.weight == "stop" else "warn"
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Icon(ICONS[missing.kind], 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(column(label(missing.title, "strong"), label(missing.text, "small"), spacing=0), 1)
        page = PAGE_OF.get(missing.kind)
        if page is not None:
            button = quiet(_("Make it…") if page == "erratum" else _("Go there"), small=True)
            words = _("An erratum: one sealed page beside the letter, that says who withdrew")
            button.setAccessibleDescription(words if page == "erratum" else missing.title)
            button.clicked.connect(lambda _checked=False, page=page: self._go(page))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line


def leak_banner(prepared: Prepared) -> Banner:
    """What the search found, in a colour, a shape and words."""
    if prepared.material.statement.edition == "full":
        return banner(
            "bad", _("This edition holds every name"), _("It is for its recipient alone; nothing is searched for.")
        )
    if prepared.leaks:
        places = " ".join(prepared.leaks)
        text = _("A name that must stay hidden is in it. {places} Take it out of the text, then look again.")
        return banner("bad", _("Hidden names: found"), text.format(places=places))
    if prepared.quoted:
        text = _(
            "The letter's own text, which everybody signed, says {names}. Whoever reads the letter reads it there; only a "
            "new version without it changes that."
        )
        title = _("Hidden names: the signed text itself says one")
        return banner("warn", title, text.format(names="; ".join(prepared.quoted)))
    count = len(prepared.searched)
    if not count:
        return banner("ok", _("Hidden names: none to look for"), _("Everybody who signed may be named."))
    text = ngettext(
        "One name was looked for: in the text, bookmarks, file information, logos and attachments.",
        "{count} names were looked for: in the text, bookmarks, file information, logos and attachments.",
        count,
    )
    return banner("ok", _("Hidden names: nothing found"), text.format(count=count))


def where_found(prepared: Prepared) -> Callable[[str], bool] | None:
    """Whether a hidden name stands in a page's words: where it was found is where one looks first. ``None`` when none
    was."""
    if not prepared.leaks and not prepared.quoted:
        return None
    wanted = [_plain(name) for name in (*prepared.searched, *prepared.quoted)]
    return lambda words: any(name in _plain(words) for name in wanted)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def pictures_note() -> Card:
    """What no search can see."""
    return card(label(_("Words inside pictures cannot be read here: look at them yourself."), "small"), margin=8)
