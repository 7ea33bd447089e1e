"""What a person is told was not kept of a document as it was: a sentence for each kind of thing, with how many."""

from __future__ import annotations

from collections.abc import Callable

from crsv_desk.i18n import ngettext

Account = Callable[[int], str]


def footnotes(count: int) -> str:
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


def links_lost(count: int) -> str:
    """How many links lead nowhere, translated."""
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


ACCOUNTS: dict[str, Account] = {
    "insertions": _insertions,
    "deletions": _deletions,
    "moves": _moves,
    "tables": _tables,
    "images": _images,
    "boxes": _boxes,
    "objects": _objects,
    "formulas": _formulas,
    "automatic": _automatic,
    "links": links_lost,
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
