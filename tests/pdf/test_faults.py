"""The checks themselves: which of them catch which of the faults that are planted, and that none passes them all."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf.sample import sample_letter
from tests.pdf.validators import faults, second, structure, vera
from tests.tools import need

# Which checks must catch a fault: v veraPDF, p page-validation, s our structure check, q qpdf. One that catches more than
# is written here has become better; one that catches less fails.
CATCHES = {
    "no_structure_tree": "vps",
    "not_marked": "vp",
    "no_language": "vp",
    "title_not_shown": "vp",
    "no_title": "vps",
    "another_title_in_the_information": "s",
    "not_said_to_be_accessible": "vp",
    "no_metadata": "vp",
    "no_colour_profile": "vp",
    "a_script_that_runs": "vp",
    "fields_without_appearance": "vp",
    "an_attachment_without_relationship": "vp",
    "attachments_the_catalog_does_not_know": "vp",
    "an_attachment_without_kind": "vp",
    "no_parent_tree": "vps",
    "owners_in_another_order": "s",
    "a_page_with_another_number": "vs",
    "an_unknown_role": "vp",
    "a_heading_level_skipped": "vp",
    "an_element_of_another_parent": "vs",
    "an_element_without_content": "s",
    "parts_in_another_order": "s",
    "a_list_that_is_a_paragraph": "vp",
    "a_label_that_is_a_paragraph": "vp",
    "a_table_row_that_is_a_paragraph": "vp",
    "a_table_header_without_scope": "v",
    "a_table_row_too_short": "vps",
    "a_figure_without_alternative": "vps",
    "a_figure_with_an_empty_alternative": "vp",
    "a_figure_without_place": "s",
    "a_link_without_words": "vp",
    "a_link_outside_the_tree": "s",
    "a_field_without_its_key": "vps",
    "a_field_without_name_for_people": "vp",
    "no_tab_order": "vp",
    "a_page_that_starts_a_program": "vp",
    "a_mark_nobody_owns": "s",
    "a_mark_used_twice": "s",
    "a_mark_never_closed": "vs",
    "painting_outside_every_mark": "vps",
    "text_outside_every_mark": "vps",
    "tagged_text_inside_decoration": "vp",
    "decoration_inside_tagged_text": "vp",
    "printing_colours_without_profile": "vp",
    "no_text_for_the_glyphs": "vp",
    "a_font_that_is_not_embedded": "vp",
    "widths_that_are_not_the_fonts": "vp",
    "glyphs_that_stand_for_nothing": "vp",
    "cut_off_at_the_end": "vpq",
    "something_behind_the_end": "vp",
    "something_before_the_beginning": "vp",
    "a_stream_of_another_length": "vpq",
}


@pytest.fixture(scope="module")
def good() -> bytes:
    """A letter with a link, logos, marks, a table, lists, attachments and a field."""
    letter = sample_letter(2, withheld=1)
    link = Block(
        "link", "paragraph", (Span("Lees ook "), Span("de bron", href="https://voorbeeld.example/"), Span("."))
    )
    return typeset(
        replace(letter, text=replace(letter.text, blocks=(link, *letter.text.blocks[1:3], *letter.text.blocks[-2:]))),
        silent,
    )


def test_every_fault_is_in_the_table() -> None:
    assert set(CATCHES) == set(faults.FAULTS) | set(faults.BYTES) and len(CATCHES) > 50
    assert all(CATCHES.values())


def test_the_checks_catch_what_they_must(good: bytes, tmp_path: Path) -> None:
    need("qpdf")
    made = {"good": good, "rewritten": faults.rewritten(good)}
    made |= {name: faults.broken(good, name) for name in faults.FAULTS}
    made |= {name: change(good) for name, change in faults.BYTES.items()}
    paths = {name: tmp_path / f"{name}.pdf" for name in made}
    for name, path in paths.items():
        path.write_bytes(made[name])
    by_vera = {Path(line.split()[2]).stem for line in vera.failures(*paths.values())}
    # The writer of the broken files ends streams in a way that the second opinion dislikes in good ones, too.
    disliked = set(second.failures(paths["rewritten"]))
    wrong: dict[str, str] = {}
    for name, path in paths.items():
        caught = "v" * (name in by_vera)
        caught += "p" * bool(set(second.failures(path)) - (disliked if name in faults.FAULTS else set()))
        caught += "s" * bool(structure.problems(path))
        caught += "q" * (
            subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True).returncode != 0
        )
        if name in ("good", "rewritten"):
            assert caught.replace("p", "" if name == "rewritten" else "p") == "", name
        elif not set(CATCHES[name]) <= set(caught):
            wrong[name] = caught
    assert wrong == {}


def test_pdfsig_catches_a_byte_changed_after_the_seal(good: bytes, tmp_path: Path) -> None:
    sealed = PdfPaper().seal(good, SoftwareKeys().new("Secretariaat"), "2026-05-26T08:00:00Z")
    place = sealed.index(b"/CreationDate(D:2026") + 18 if b"/CreationDate(D:2026" in sealed else len(good) // 2
    for name, data in (
        ("sealed", sealed),
        ("changed", sealed[:place] + bytes((sealed[place] ^ 1,)) + sealed[place + 1 :]),
    ):
        (tmp_path / f"{name}.pdf").write_bytes(data)
    said = {
        name: subprocess.run(
            [need("pdfsig"), str(tmp_path / f"{name}.pdf")], check=False, capture_output=True, text=True
        ).stdout
        for name in ("sealed", "changed")
    }
    assert "Signature is Valid" in said["sealed"]
    assert "Signature is Valid" not in said["changed"]
