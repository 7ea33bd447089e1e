"""A letter in several languages: the person who reads it chooses the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crsv_desk.services.drafting import Translation, load_draft, save_draft
from crsv_desk.services.publish import publish
from crsv_desk.ui.letter.read import ReadPage
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab

FRENCH = """Ceci est le premier alinéa, avec *emphase*.

## Ce que nous demandons

Nous demandons trois choses.

- De l'argent.
- La poursuite des auteurs.
- Un envoyé.
"""


def test_the_reader_chooses_the_language_and_is_told_which_text_binds(
    here: Coalition, sit: Callable[..., Bench]
) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    draft = load_draft(desk, dossier)
    assert draft is not None
    french = Translation("fr", "Sur les violences", "Mesdames, Messieurs,", "Salutations,", FRENCH)
    save_draft(desk, replace(draft, also=(french,)))
    office = here.partners["Stichting Ananas"]
    office.take(publish(desk, dossier))
    bench = sit(office.desk)
    page = bench.go("read", dossier)
    assert isinstance(page, ReadPage)
    assert "Dit is de eerste alinea" in page.blocks[0].block.text and "binds" not in bench.words()
    ids = [view.block.id for view in page.blocks]
    bench.tab_to("Nederlands")
    bench.press("Right")
    bench.until(lambda: "Ceci est" in page.blocks[0].block.text)
    grab(bench.window, "read-french")
    assert [view.block.id for view in page.blocks] == ids
    words = bench.words()
    assert "Sur les violences" in words and "Mesdames, Messieurs," in words and "this one binds: Nederlands" in words
    assert bench.focus.accessibleName().startswith("français")
    bench.press("Left")
    bench.until(lambda: "Dit is" in page.blocks[0].block.text)
