"""What a person sees before signing is what the combined PDF will show."""

from __future__ import annotations

from pathlib import Path

import pytest

from crsv_desk.domain.marks import Mark
from crsv_desk.pdf import words
from crsv_desk.services.endorse import Choice, Visible
from crsv_desk.services.preview import preview_endorsement
from crsv_desk.services.publish import publish
from tests.services.world import DRAWN, World


@pytest.mark.parametrize("visible", ["all", "no-mark", "organisation", "none"])
@pytest.mark.parametrize("mark", [None, Mark("typed"), DRAWN])
def test_every_choice_has_a_preview(tmp_path: Path, visible: Visible, mark: Mark | None) -> None:
    world = World(tmp_path)
    secretariat = world.secretariat(partners=["Stichting Ananas"])
    partner = world.office("Stichting Ananas", "Anna Appel")
    partner.take(publish(secretariat.desk, secretariat.dossier))
    partner.dossier = secretariat.dossier
    pdf = preview_endorsement(partner.desk, partner.dossier, Choice(visible, mark=mark))
    said = " ".join(words.words(pdf))
    assert ("Stichting Ananas" in said) == (visible != "none")
    assert ("Anna Appel" in said) == (visible in ("all", "no-mark"))
    assert said.count("Anna Appel") == {"all": 2 if mark is not None and mark.kind == "typed" else 1}.get(
        visible, 1 if visible == "no-mark" else 0
    )
