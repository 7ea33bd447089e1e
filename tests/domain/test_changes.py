"""Words with some of the changes made; and changes of two people in one paragraph."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crsv_desk.domain.changes import edits, merged, with_edits
from crsv_desk.letters.compare import word_runs

texts = st.lists(st.sampled_from(["een", "twee", "drie", "vier", "vijf"]), max_size=12).map(" ".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=texts, new=texts)
def test_all_changes_give_the_new_text_and_none_the_old(old: str, new: str) -> None:
    found = edits(word_runs(old, new))
    assert with_edits(old, found) == new
    assert with_edits(old, ()) == old
    assert all(old[one.start : one.end] == one.removed for one in found)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=texts, ours=texts, theirs=texts)
def test_two_who_change_one_text_are_put_together_alike_whoever_comes_first(old: str, ours: str, theirs: str) -> None:
    one, other = edits(word_runs(old, ours)), edits(word_runs(old, theirs))
    assert merged(old, one, other) == merged(old, other, one)
    assert merged(old, one, ()) == ours
    assert merged(old, one, one) == ours


def test_changes_in_different_places_are_both_made_and_in_the_same_place_neither() -> None:
    old = "Wij vragen geld voor vrouwen in Soedan"
    more = edits(word_runs(old, "Wij vragen meer geld voor vrouwen in Soedan"))
    where = edits(word_runs(old, "Wij vragen geld voor vrouwen in Congo"))
    other = edits(word_runs(old, "Wij vragen geld voor vrouwen in Syrië"))
    assert merged(old, more, where) == "Wij vragen meer geld voor vrouwen in Congo"
    assert merged(old, where, other) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_long_texts_compared_in_parts_still_give_both_texts(data: st.DataObject) -> None:
    words = [f"woord{number % 40} zin{number}" for number in range(700)]
    old = " ".join(words)
    for at in data.draw(st.lists(st.integers(0, len(words) - 1), max_size=30)):
        words[at] = data.draw(st.sampled_from(["", "nieuw", "woord1 zin2", "zin3 zin4 zin5"]))
    runs = word_runs(old, " ".join(words))
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == " ".join(words)
