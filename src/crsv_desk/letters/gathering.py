"""What is taken out of a word processor's document: blocks, and an account of everything that was not kept as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crsv_desk.domain.blocks import Kind, Span, Style
from crsv_desk.i18n import _, ngettext
from crsv_desk.letters.markdown import normalised

DEEPEST_LIST = 6
EXCERPT = 60
MOST_COMMENTS = 50
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
    """By the keys of ``_ACCOUNTS``."""
    notes: list[Note] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    """Texts of headers and footers."""
    fields: dict[str, str] = field(default_factory=dict)
    """What a style of the document says: subject, salutation, closing."""
    footnotes: list[Sequence[Span]] = field(default_factory=list)

    def add(self, kind: Kind, spans: Sequence[Span], level: int = 0, marker: str = "") -> None:
        """A block, unless it says nothing."""
        joined = joined_spans(spans)
        if "".join(span.text for span in joined).strip():
            if level > DEEPEST_LIST and kind == "item":
                self.lost["deep"] += 1
                level = DEEPEST_LIST
            self.blocks.append(Found(kind, trimmed(joined), level, marker))

    def add_footnotes(self) -> None:
        """The texts of the footnotes as paragraphs at the end, under the numbers that stand in the text."""
        for number, spans in enumerate(self.footnotes, start=1):
            self.add("paragraph", [Span(f"[{number}] "), *trimmed(joined_spans(spans))])

    def remarks(self) -> list[str]:
        """Translated sentences: everything that was not kept as it was."""
        said = [account(self.lost[key]) for key, account in _ACCOUNTS.items() if self.lost[key]]
        if self.footnotes:
            said.insert(0, _footnotes(len(self.footnotes)))
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


def style_of(bold: bool, italic: bool) -> Style:
    """The style of a span."""
    if bold and italic:
        return "strong emphasis"
    return "strong" if bold else "emphasis" if italic else "plain"


def joined_spans(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one style and target as one; white space between two styles is plain."""
    result: list[Span] = []
    for span in spans:
        text = normalised(span.text)
        if not text:
            continue
        style: Style = span.style if text.strip() or span.href else "plain"
        if result and (result[-1].style, result[-1].href) == (style, span.href):
            result[-1] = Span(result[-1].text + text, style, span.href)
        else:
            result.append(Span(text, style, span.href))
    return _outside(result)


def trimmed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Without white space and line breaks at either end of the block: nobody sees them."""
    result = list(spans)
    while result and not result[0].text.strip(" \t\n"):
        result.pop(0)
    while result and not result[-1].text.strip(" \t\n"):
        result.pop()
    if result:
        result[0] = Span(result[0].text.lstrip(" \t\n"), result[0].style, result[0].href)
        result[-1] = Span(result[-1].text.rstrip(" \t\n"), result[-1].style, result[-1].href)
    return tuple(result)


def _outside(spans: Sequence[Span]) -> list[Span]:
    """A space at the edge of emphasised words belongs outside: it looks the same, and reads better as Markdown."""
    result: list[Span] = []

    def put(text: str, style: Style, href: str) -> None:
        if not text:
            return
        if result and (result[-1].style, result[-1].href) == (style, href):
            result[-1] = Span(result[-1].text + text, style, href)
        else:
            result.append(Span(text, style, href))

    for span in spans:
        core = span.text.strip(" \n")
        if span.style == "plain" or not core:
            put(span.text, span.style, span.href)
            continue
        start = span.text.index(core)
        put(span.text[:start], "plain", span.href)
        put(core, span.style, span.href)
        put(span.text[start + len(core) :], "plain", span.href)
    return result


# The account -------------------------------------------------------------------------------------------------------

Account = Callable[[int], str]


def _footnotes(count: int) -> str:
    return ngettext(
        "{count} footnote or endnote became a paragraph at the end; its number stands in the text in brackets.",
        "{count} footnotes or endnotes became paragraphs at the end; their numbers stand in the text in brackets.",
        count,
    ).format(count=count)


def _insertions(count: int) -> str:
    return ngettext(
        "{count} tracked insertion was taken as accepted: its words stand in the text.",
        "{count} tracked insertions were taken as accepted: their words stand in the text.",
        count,
    ).format(count=count)


def _deletions(count: int) -> str:
    return ngettext(
        "{count} tracked deletion was taken as accepted: its words were left out.",
        "{count} tracked deletions were taken as accepted: their words were left out.",
        count,
    ).format(count=count)


def _moves(count: int) -> str:
    return ngettext(
        "{count} tracked move was taken as accepted: its words stand where they were moved to.",
        "{count} tracked moves were taken as accepted: their words stand where they were moved to.",
        count,
    ).format(count=count)


def _tables(count: int) -> str:
    return ngettext(
        "{count} table was taken apart: each of its rows became a paragraph.",
        "{count} tables were taken apart: each of their rows became a paragraph.",
        count,
    ).format(count=count)


def _images(count: int) -> str:
    return ngettext("{count} picture was left out.", "{count} pictures were left out.", count).format(count=count)


def _boxes(count: int) -> str:
    return ngettext(
        "{count} text box was taken apart: its words became paragraphs behind the one that it belonged to.",
        "{count} text boxes were taken apart: their words became paragraphs behind the ones that they belonged to.",
        count,
    ).format(count=count)


def _objects(count: int) -> str:
    return ngettext(
        "{count} embedded object (a chart, a sheet, a drawing) was left out.",
        "{count} embedded objects (charts, sheets, drawings) were left out.",
        count,
    ).format(count=count)


def _formulas(count: int) -> str:
    return ngettext(
        "{count} formula became plain text; check it.", "{count} formulas became plain text; check them.", count
    ).format(count=count)


def _automatic(count: int) -> str:
    return ngettext(
        "{count} automatic field (a date, a page number, a reference) became the text that it showed.",
        "{count} automatic fields (dates, page numbers, references) became the text that they showed.",
        count,
    ).format(count=count)


def _links(count: int) -> str:
    return ngettext(
        "{count} link leads to no address; its words were kept.",
        "{count} links lead to no address; their words were kept.",
        count,
    ).format(count=count)


def _struck(count: int) -> str:
    return ngettext(
        "{count} passage was struck through; its words stand in the text as if they were not: check it.",
        "{count} passages were struck through; their words stand in the text as if they were not: check them.",
        count,
    ).format(count=count)


def _hidden(count: int) -> str:
    return ngettext("{count} hidden passage was left out.", "{count} hidden passages were left out.", count).format(
        count=count
    )


def _underlined(count: int) -> str:
    return ngettext(
        "{count} passage was underlined; the underline was not kept.",
        "{count} passages were underlined; the underlines were not kept.",
        count,
    ).format(count=count)


def _raised(count: int) -> str:
    return ngettext(
        "{count} raised or lowered passage became ordinary text.",
        "{count} raised or lowered passages became ordinary text.",
        count,
    ).format(count=count)


def _readings(count: int) -> str:
    return ngettext(
        "{count} reading above the words (ruby) was left out.",
        "{count} readings above the words (ruby) were left out.",
        count,
    ).format(count=count)


def _symbols(count: int) -> str:
    return ngettext(
        "{count} character of a symbol font was left out; it stands as “�”.",
        "{count} characters of a symbol font were left out; they stand as “�”.",
        count,
    ).format(count=count)


def _letters(count: int) -> str:
    return ngettext(
        "{count} item of a list had a letter, a Roman or a compound number; it has a plain number now.",
        "{count} items of lists had letters, Roman or compound numbers; they have plain numbers now.",
        count,
    ).format(count=count)


def _numbered_headings(count: int) -> str:
    return ngettext(
        "{count} automatic number before a heading was not kept.",
        "{count} automatic numbers before headings were not kept.",
        count,
    ).format(count=count)


def _deep(count: int) -> str:
    return ngettext(
        "{count} item of a list was nested too deep and stands less deep now.",
        "{count} items of lists were nested too deep and stand less deep now.",
        count,
    ).format(count=count)


def _foreign_parts(count: int) -> str:
    return ngettext(
        "{count} part that this program does not know was left out.",
        "{count} parts that this program does not know were left out.",
        count,
    ).format(count=count)


def _breaks(count: int) -> str:
    return ngettext(
        "{count} forced page or column break was not kept.",
        "{count} forced page or column breaks were not kept.",
        count,
    ).format(count=count)


_ACCOUNTS: dict[str, Account] = {
    "insertions": _insertions,
    "deletions": _deletions,
    "moves": _moves,
    "tables": _tables,
    "images": _images,
    "boxes": _boxes,
    "objects": _objects,
    "formulas": _formulas,
    "automatic": _automatic,
    "links": _links,
    "struck": _struck,
    "hidden": _hidden,
    "underlined": _underlined,
    "raised": _raised,
    "readings": _readings,
    "symbols": _symbols,
    "letters": _letters,
    "numbered headings": _numbered_headings,
    "deep": _deep,
    "foreign": _foreign_parts,
    "breaks": _breaks,
}
