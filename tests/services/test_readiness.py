"""What is said to be missing before a letter is compiled: each thing once, with the names, and what stops first."""

from __future__ import annotations

from pathlib import Path

from crsv_desk.services.readiness import readiness
from crsv_desk.services.remarks import comment
from tests.services.world import LEAD, World, coalition

APPLE, BERRY, HIDDEN, SILENT = "Stichting Ananas", "Vereniging Bosbes", "Netwerk Overlevenden Oost", "Fonds Citroen"


def test_a_draft_is_published_first(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        secretariat = world.secretariat()
        found = readiness(secretariat.desk, secretariat.dossier)
        assert [one.kind for one in found.stops] == ["letter"] and found.version == 0
    finally:
        world.close()


def test_everything_that_one_should_know_is_said_with_the_names(tmp_path: Path) -> None:
    with coalition(tmp_path, (APPLE, BERRY, HIDDEN, SILENT)) as here:
        first = readiness(here.secretariat.desk, here.secretariat.dossier)
        assert [(one.kind, one.weight) for one in first.missing] == [("lead", "stop"), ("silent", "look")]
        assert LEAD in first.stops[0].title
        here.signed([APPLE], reservation="Zonder paragraaf twee.")
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        remark = comment(here.partners[APPLE].desk, here.secretariat.dossier, "comment", "Mooi.")
        here.secretariat.take(here.partners[BERRY].endorse("all").data, remark.data)
        found = readiness(here.secretariat.desk, here.secretariat.dossier)
        texts = {one.kind: f"{one.title} {one.text}" for one in found.missing}
        assert set(texts) == {"unconfirmed", "silent", "reservations", "logos", "remarks"}
        assert BERRY in texts["unconfirmed"] and SILENT in texts["silent"]
        assert APPLE in texts["reservations"] and HIDDEN not in "".join(texts.values())
        assert (found.named, found.withheld) == ((APPLE,), (HIDDEN,))
        assert found.others("public") == (APPLE,) and found.others("full") == (HIDDEN, APPLE)
        assert (found.place, found.date) == ("Den Haag", "2026-05-26")


def test_who_signed_an_older_version_is_left_out_and_named(tmp_path: Path) -> None:
    from crsv_desk.services.publish import publish
    from crsv_desk.services.revise import revise
    from tests.services.world import LETTER

    with coalition(tmp_path, (APPLE,)) as here:
        here.signed()
        office = here.secretariat
        revise(office.desk, office.dossier, LETTER.replace("drie dingen", "vier dingen").encode(), "letter.md")
        publish(office.desk, office.dossier)
        office.endorse("all")
        found = readiness(office.desk, office.dossier)
        older = next(one for one in found.missing if one.kind == "older")
        assert APPLE in older.text and found.named == ()
