"""A draft in work takes in what a colleague published meanwhile, in every language and field, and loses nothing of its
own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError
from crsv_desk.services.catching_up import catch_up
from crsv_desk.services.drafting import Draft, Translation, load_draft, save_draft
from crsv_desk.services.next_version import next_version
from crsv_desk.services.publish import letter_file_for_partners, publish
from tests.services.test_colleagues_agree import colleagues, says
from tests.services.test_remark_languages import FRENCH
from tests.services.world import Coalition, Office, coalition


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, ("Stichting Ananas",)) as found:
        yield found


def draft_of(office: Office) -> Draft:
    found = load_draft(office.desk, office.dossier)
    assert found is not None
    return found


def change(office: Office, changed: dict[str, str], **front: object) -> None:
    """Other words in every language, and other fields."""
    draft = draft_of(office)
    for language, body in [(one.language, one.body) for one in draft.texts]:
        for old, new in changed.items():
            body = body.replace(old, new)
        draft = draft.with_body(language, body)
    save_draft(office.desk, replace(draft, front={**draft.front, **front}))


def test_what_both_changed_in_every_language_and_field(here: Coalition) -> None:
    first = here.secretariat
    french = Translation("fr", "Sur la violence", "Mesdames,", "Cordialement,", FRENCH, True)
    save_draft(first.desk, replace(draft_of(first), also=(french,)))
    publish(first.desk, first.dossier)
    one, other = colleagues(here, 2)
    change(
        other, {"Vervolging": "Snelle vervolging", "trois": "quatre"}, salutation="Dames en heren,", recipient=["Aan"]
    )
    change(one, {"drie": "vier", "poursuite": "punition"}, subject="Anders", salutation="Hallo,", deadline="2026-06-30")
    also = draft_of(one).also[0]
    spanish = replace(also, language="es", subject="Sobre la paz")
    save_draft(one.desk, replace(draft_of(one), also=(replace(also, subject="Autrement"), spanish)))
    other.take(publish(one.desk, one.dossier))
    before = draft_of(other)
    assert next_version(other.desk, before).overtaken == 3
    caught = catch_up(other.desk, other.dossier)
    assert caught.draft == draft_of(other) and not caught.clashes
    assert not next_version(other.desk, caught.draft).overtaken
    nl, fr, es = caught.draft.texts
    assert "vier dingen" in nl.body and "Snelle vervolging" in nl.body
    assert "quatre choses" in fr.body and "La punition des auteurs." in fr.body
    assert (nl.subject, fr.subject, es.language, es.body) == ("Anders", "Autrement", "es", spanish.body)
    assert nl.salutation == "Dames en heren,"  # its own stays
    assert caught.draft.lines("recipient") == ("Aan",)
    assert caught.draft.text("place") == before.text("place")
    assert catch_up(other.desk, other.dossier).draft == caught.draft
    current = one.volume().state.current
    assert current is not None
    first.take(publish(other.desk, other.dossier))
    assert [len(first.volume().state.letters), first.volume().state.conflicts] == [4, ()]


def test_where_nothing_stands_there_is_nothing_to_take_in(here: Coalition) -> None:
    one, other = colleagues(here, 2)
    with pytest.raises(DeskError, match="Only the secretariat"):
        catch_up(here.partners["Stichting Ananas"].desk, one.dossier)
    says(one, "drie", "vier")
    other.take(says(other, "drie", "vijf"), letter_file_for_partners(one.desk, one.dossier))
    with pytest.raises(DeskError, match="no draft here"):
        catch_up(other.desk, other.dossier)
