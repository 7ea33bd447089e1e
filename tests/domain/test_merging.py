"""Two people's changes to one text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.changes import Edit, edits, merged, says, takes_back, with_edits
from crsv_desk.domain.merging import Merged, merge
from crsv_desk.letters.compare import word_runs

LINES = st.lists(st.sampled_from(["een", "twee", "drie", "vier", "een twee", "een drie", ""]), max_size=8)
WORDS = st.lists(st.sampled_from(["een", "Een", "twee.", "drie,", "drie", "vijf"]), max_size=9).map(" ".join)


def words(old: str, ours: str, theirs: str) -> str | None:
    return merged(old, edits(word_runs(old, ours)), edits(word_runs(old, theirs)))


def texts(lines: list[str]) -> str:
    return "\n".join(lines)


@given(LINES, LINES)
def test_what_one_changed_alone_is_what_comes_out(old: list[str], new: list[str]) -> None:
    assert merge(texts(old), texts(new), texts(old), words) == Merged(texts(new), ())
    assert merge(texts(old), texts(old), texts(new), words) == Merged(texts(new), ())
    assert merge(texts(old), texts(new), texts(new), words) == Merged(texts(new), ())


@given(LINES, LINES, LINES)
def test_without_a_clash_it_does_not_matter_whose_changes_come_first(
    old: list[str], ours: list[str], theirs: list[str]
) -> None:
    one = merge(texts(old), texts(ours), texts(theirs), words)
    other = merge(texts(old), texts(theirs), texts(ours), words)
    assert len(one.clashes) == len(other.clashes)
    if not one.clashes:
        assert one == other


@given(LINES, LINES, LINES)
def test_no_line_that_both_kept_goes(old: list[str], ours: list[str], theirs: list[str]) -> None:
    kept = {line for line in old if ours.count(line) >= old.count(line) and theirs.count(line) >= old.count(line)}
    found = merge(texts(old), texts(ours), texts(theirs), lambda *_lines: None).text.split("\n")
    if not any(line in (*ours, *theirs) for line in kept if line not in old):
        assert kept <= {*found, *ours, *theirs}


def test_changes_in_different_paragraphs_and_in_one() -> None:
    old = "Een alinea.\n\nWij vragen drie dingen, nu.\n\n- Geld.\n- Recht."
    ours = "Een alinea.\n\nWij eisen drie dingen, nu.\n\n- Geld.\n- Recht.\n- Vrede."
    theirs = "Vooraf.\n\nEen alinea.\n\nWij vragen drie dingen, vandaag.\n\n- Recht."
    both = "Vooraf.\n\nEen alinea.\n\nWij eisen drie dingen, vandaag.\n\n- Recht.\n- Vrede."
    assert merge(old, ours, theirs, words) == Merged(both, ())
    assert merge(old, old.replace("drie", "vier"), old.replace("drie", "vijf"), words) == Merged(
        old.replace("drie", "vier"), ("Wij vragen vijf dingen, nu.",)
    )


@given(WORDS, WORDS)
def test_a_text_says_what_it_was_changed_to(old: str, new: str) -> None:
    changes = edits(word_runs(old, new))
    assert says(new, old, changes)
    assert not takes_back(new, old, changes)
    if new.split() != old.split():
        assert not says(old, old, changes)


def test_said_in_other_places_with_other_signs() -> None:
    old = "Wij vragen om drie dingen, en nu."
    vier = edits(word_runs(old, old.replace("drie", "vier")))
    assert says("Vier, niet meer.", old, vier)
    assert not says("Vierde zin.", old, vier)
    assert not says("Vier van de drie.", old, vier)
    assert takes_back("Wij vragen om drie zaken.", old, vier)
    assert not takes_back("Wij vragen om zes zaken.", old, vier)
    assert not takes_back("Wij vragen om vier zaken.", old, vier)
    order = edits(word_runs("Aan A, B en C.", "Aan B, A en C."))
    assert says("En aan B, A en C.", "Aan A, B en C.", order) and not says("Nu aan A, B en C.", "Aan A, B en C.", order)
    two = "en en en"
    assert not says("en en", two, [Edit(8, 8, "", " en")])
    assert says("en en en en", two, [Edit(8, 8, "", " en")])
    assert with_edits(two, [Edit(8, 8, "", " en")]) == "en en en en"
