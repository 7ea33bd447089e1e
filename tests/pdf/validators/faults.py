"""Ways to break a good PDF, one at a time: what at least one of the checks must notice."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Fault = Callable[[Pdf], None]
FAULTS: dict[str, Fault] = {}


def fault(break_it: Fault) -> Fault:
    """Keep a fault under its function's name."""
    FAULTS[break_it.__name__] = break_it
    return break_it


# Finding things ---------------------------------------------------------------------------------------------------------


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _first(pdf: Pdf, role: str) -> Any:
    return next(one for one in _elements(pdf.Root.StructTreeRoot) if role == one.S)


def _objects(pdf: Pdf, key: str, value: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, Dictionary | Stream) and one.get(key) == value]


def _annotation(pdf: Pdf, kind: str) -> Any:
    return next(one for page in pdf.pages for one in page.get("/Annots", ()) if one.Subtype == kind)


def _content(pdf: Pdf, change: Callable[[bytes], bytes]) -> None:
    page = pdf.pages[0]
    before = page.Contents.read_bytes()
    after = change(before)
    assert after != before
    page.Contents = pdf.make_stream(after)


def _metadata(pdf: Pdf, old: bytes, new: bytes) -> None:
    before = pdf.Root.Metadata.read_bytes()
    assert old in before
    pdf.Root.Metadata.write(before.replace(old, new))


def _page_owners(pdf: Pdf) -> Any:
    """The parent tree's list of the first page's elements."""
    waiting = [pdf.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop(0)
        waiting += list(node.get("/Kids", ()))
        entries = list(node.get("/Nums", ()))
        for key, value in zip(entries[::2], entries[1::2], strict=True):
            if int(key) == int(pdf.pages[0].StructParents):
                return value
    raise AssertionError


# The document -----------------------------------------------------------------------------------------------------------


@fault
def no_structure_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@fault
def not_marked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@fault
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@fault
def title_not_shown(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@fault
def no_title(pdf: Pdf) -> None:
    before = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:title>.*?</dc:title>", b"", before, flags=re.DOTALL))


@fault
def another_title_in_the_information(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Another title"


@fault
def not_said_to_be_accessible(pdf: Pdf) -> None:
    _metadata(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@fault
def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@fault
def no_colour_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@fault
def a_script_that_runs(pdf: Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


@fault
def fields_without_appearance(pdf: Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


@fault
def an_attachment_without_relationship(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


@fault
def attachments_the_catalog_does_not_know(pdf: Pdf) -> None:
    del pdf.Root.AF


@fault
def an_attachment_without_kind(pdf: Pdf) -> None:
    del pdf.Root.AF[0].EF.F["/Subtype"]


# The structure tree -----------------------------------------------------------------------------------------------------


@fault
def no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


@fault
def owners_in_another_order(pdf: Pdf) -> None:
    owners = _page_owners(pdf)
    for place, owner in enumerate(reversed(list(owners))):
        owners[place] = owner


@fault
def a_page_with_another_number(pdf: Pdf) -> None:
    pdf.pages[0].StructParents = 9999


@fault
def an_unknown_role(pdf: Pdf) -> None:
    _first(pdf, "/H1").S = Name.Headline


@fault
def a_heading_level_skipped(pdf: Pdf) -> None:
    for element in list(_elements(pdf.Root.StructTreeRoot)):
        if element.S == "/H2":
            element.S = Name.H3


@fault
def an_element_of_another_parent(pdf: Pdf) -> None:
    _first(pdf, "/TD").P = _first(pdf, "/Table")


@fault
def an_element_without_content(pdf: Pdf) -> None:
    del next(one for one in _elements(pdf.Root.StructTreeRoot) if one.S == "/P" and "/K" in one)["/K"]


@fault
def parts_in_another_order(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K = Array(list(document.K)[::-1])


@fault
def a_list_that_is_a_paragraph(pdf: Pdf) -> None:
    _first(pdf, "/L").S = Name.P


@fault
def a_label_that_is_a_paragraph(pdf: Pdf) -> None:
    _first(pdf, "/Lbl").S = Name.P


@fault
def a_table_row_that_is_a_paragraph(pdf: Pdf) -> None:
    _first(pdf, "/TR").S = Name.P


@fault
def a_table_header_without_scope(pdf: Pdf) -> None:
    del _first(pdf, "/TH")["/A"]


@fault
def a_table_row_too_short(pdf: Pdf) -> None:
    row = [one for one in _elements(pdf.Root.StructTreeRoot) if one.S == "/TR"][2]
    row.K = Array(list(row.K)[:-1])


@fault
def a_figure_without_alternative(pdf: Pdf) -> None:
    del _first(pdf, "/Figure")["/Alt"]


@fault
def a_figure_with_an_empty_alternative(pdf: Pdf) -> None:
    _first(pdf, "/Figure").Alt = ""


@fault
def a_figure_without_place(pdf: Pdf) -> None:
    del _first(pdf, "/Figure")["/A"]


# Annotations ------------------------------------------------------------------------------------------------------------


@fault
def a_link_without_words(pdf: Pdf) -> None:
    del _annotation(pdf, "/Link")["/Contents"]


@fault
def a_link_outside_the_tree(pdf: Pdf) -> None:
    element = _first(pdf, "/Link")
    element.K = Array([kid for kid in _kids(element) if not isinstance(kid, Dictionary)])


@fault
def a_field_without_its_key(pdf: Pdf) -> None:
    del _annotation(pdf, "/Widget")["/StructParent"]


@fault
def a_field_without_name_for_people(pdf: Pdf) -> None:
    del _annotation(pdf, "/Widget")["/TU"]


@fault
def no_tab_order(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            del page.obj["/Tabs"]


@fault
def a_page_that_starts_a_program(pdf: Pdf) -> None:
    _annotation(pdf, "/Link").A = Dictionary(S=Name.Launch, F="program")


# Content and fonts ------------------------------------------------------------------------------------------------------


@fault
def a_mark_nobody_owns(pdf: Pdf) -> None:
    _content(pdf, lambda content: content + b"\n/P<</MCID 9999>>BDC EMC")


@fault
def a_mark_used_twice(pdf: Pdf) -> None:
    _content(pdf, lambda content: content.replace(b"<</MCID 1>>", b"<</MCID 0>>", 1))


@fault
def a_mark_never_closed(pdf: Pdf) -> None:
    _content(pdf, lambda content: content[: content.rindex(b"EMC")])


@fault
def painting_outside_every_mark(pdf: Pdf) -> None:
    _content(pdf, lambda content: content + b"\n0 0 10 10 re f")


@fault
def text_outside_every_mark(pdf: Pdf) -> None:
    _content(pdf, lambda content: re.sub(rb"/P<</MCID 3>>BDC(.*?)EMC", rb"\1", content, count=1, flags=re.DOTALL))


@fault
def tagged_text_inside_decoration(pdf: Pdf) -> None:
    _content(
        pdf,
        lambda content: re.sub(
            rb"(/P<</MCID 3>>BDC.*?EMC)", rb"/Artifact BMC \1 EMC", content, count=1, flags=re.DOTALL
        ),
    )


@fault
def decoration_inside_tagged_text(pdf: Pdf) -> None:
    _content(
        pdf,
        lambda content: re.sub(
            rb"(/P<</MCID 3>>BDC)(.*?)EMC", rb"\1 /Artifact BMC\2EMC EMC", content, count=1, flags=re.DOTALL
        ),
    )


@fault
def printing_colours_without_profile(pdf: Pdf) -> None:
    _content(pdf, lambda content: content + b"\n/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC")


@fault
def no_text_for_the_glyphs(pdf: Pdf) -> None:
    del _objects(pdf, "/Subtype", "/Type0")[0]["/ToUnicode"]


@fault
def a_font_that_is_not_embedded(pdf: Pdf) -> None:
    del _objects(pdf, "/Type", "/FontDescriptor")[0]["/FontFile2"]


@fault
def widths_that_are_not_the_fonts(pdf: Pdf) -> None:
    widths = _objects(pdf, "/Subtype", "/CIDFontType2")[0].W[1]
    for place in range(len(widths)):
        widths[place] = 100


@fault
def glyphs_that_stand_for_nothing(pdf: Pdf) -> None:
    unicode = _objects(pdf, "/Subtype", "/Type0")[0].ToUnicode
    unicode.write(re.sub(rb"(?m)^(<\w+>) <\w+>$", rb"\1 <0000>", unicode.read_bytes()))


# Bytes ------------------------------------------------------------------------------------------------------------------


def broken(good: bytes, name: str) -> bytes:
    """``good`` with the fault of that name."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        FAULTS[name](pdf)
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return output.getvalue()


def rewritten(good: bytes) -> bytes:
    """``good`` as whoever breaks it writes it, without a fault."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return output.getvalue()


def _no_length(pdf: bytes) -> bytes:
    return re.sub(rb"/Filter/FlateDecode/Length (\d+)", lambda found: found[0][:-1], pdf, count=1)


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut_off_at_the_end": lambda pdf: pdf[: len(pdf) * 2 // 3],
    "something_behind_the_end": lambda pdf: pdf + b"\nmore",
    "something_before_the_beginning": lambda pdf: b"more\n" + pdf,
    "a_stream_of_another_length": _no_length,
}
"""Faults that no PDF library would write."""
