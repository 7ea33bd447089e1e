"""What is taken out of a word processor's document: blocks, and an account of everything that was not kept as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from crsv_desk.domain.blocks import Kind, Span
from crsv_desk.i18n import _, ngettext
from crsv_desk.letters.account import ACCOUNTS, footnotes
from crsv_desk.letters.spans import joined_spans, trimmed

DEEPEST_LIST = 6
EXCERPT = 60
_BETWEEN_CELLS = " | "
MOST_COMMENTS = 50
_ADDRESS = ("envelope address", "addressee", "inside address")
TARGETS = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Found:
    """One block of a document, still without its id."""

    kind: Kind
    spans: tuple[Span, ...]
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Note:
    """A comment in the document: who said what, about which words."""

    author: str
    text: str
    words: str


@dataclass(slots=True)
class Gathering:
    """Fills while a document is walked through."""

    blocks: list[Found] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    """By the keys of ``ACCOUNTS``."""
    notes: list[Note] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    """Texts of headers and footers."""
    fields: dict[str, str] = field(default_factory=dict)
    """What a style of the document says: subject, salutation, closing."""
    dates: list[str] = field(default_factory=list)
    """The line with place and date, if there is one."""
    footnotes: list[Sequence[Span]] = field(default_factory=list)

    def add(self, kind: Kind, spans: Sequence[Span], level: int = 0, marker: str = "") -> None:
        """A block, unless it says nothing."""
        joined = joined_spans(spans)
        if "".join(span.text for span in joined).strip():
            if level > DEEPEST_LIST and kind == "item":
                self.lost["deep"] += 1
                level = DEEPEST_LIST
            self.blocks.append(Found(kind, trimmed(joined), level, marker))

    def apart(self, walk: Callable[[Any], None], part: Any) -> list[Found]:
        """The blocks that walking through a part adds, taken out again."""
        before, self.blocks = self.blocks, []
        walk(part)
        found, self.blocks = self.blocks, before
        return found

    def add_row(self, cells: Sequence[Sequence[Found]]) -> None:
        """A table's row as one paragraph, where each cell is one; else the blocks of its cells one after another."""
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            spans: list[Span] = []
            for number, cell in enumerate(filled):
                spans += [Span(_BETWEEN_CELLS)] if number else []
                spans += cell[0].spans
            self.add("paragraph", spans)
        else:
            self.blocks += [block for cell in filled for block in cell]

    def take_field(self, names: Sequence[str], spans: Sequence[Span]) -> bool:
        """Whether a paragraph, by the names of its styles, is the address or the line with place and date: those are fields
        of a letter and no part of its text."""
        text = "".join(span.text for span in trimmed(joined_spans(spans)))
        named = set(names[:3])
        if text and named.intersection(_ADDRESS):
            lines = [self.fields["recipient"]] if "recipient" in self.fields else []
            self.fields["recipient"] = "\n".join([*lines, *(" ".join(line.split()) for line in text.split("\n"))])
            return True
        if text and "date" in named and not self.dates:
            self.dates.append(" ".join(text.split()))
            return True
        return False

    def add_footnotes(self) -> None:
        """The texts of the footnotes as paragraphs at the end, under the numbers that stand in the text."""
        for number, spans in enumerate(self.footnotes, start=1):
            self.add("paragraph", [Span(f"[{number}] "), *trimmed(joined_spans(spans))])

    def remarks(self) -> list[str]:
        """Translated sentences: everything that was not kept as it was."""
        said = [account(self.lost[key]) for key, account in ACCOUNTS.items() if self.lost[key]]
        if self.footnotes:
            said.insert(0, footnotes(len(self.footnotes)))
        sentence = _("“{words}” was left out of the text: place and date are fields of the letter.")
        said += [sentence.format(words=line) for line in self.dates]
        heads = list(dict.fromkeys(self.heads))
        if heads:
            shown = " / ".join(excerpt(one) for one in heads)
            said.append(
                ngettext(
                    "{count} header or footer was left out: “{text}”.",
                    "{count} headers or footers were left out: “{text}”.",
                    len(heads),
                ).format(count=len(heads), text=shown)
            )
        return said + self._comments()

    def _comments(self) -> list[str]:
        if not self.notes:
            return []
        count = len(self.notes)
        said = [
            ngettext(
                "{count} comment stands in the document; it was not taken into the letter.",
                "{count} comments stand in the document; they were not taken into the letter.",
                count,
            ).format(count=count)
        ]
        for note in self.notes[:MOST_COMMENTS]:
            sentence = _("Comment by {author} on “{words}”: {text}") if note.words else _("Comment by {author}: {text}")
            fields = {"author": note.author or _("somebody unnamed"), "words": excerpt(note.words), "text": note.text}
            said.append(sentence.format(**fields))
        return said


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rstrip() + "…"
