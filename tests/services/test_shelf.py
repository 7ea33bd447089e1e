"""What the desk has at hand is what the workspace holds: after every write, undone write, erasure and restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.openings import Opening, decode_opening, recall_opening
from crsv_desk.domain.statements import Erasure, Statement, decode, recall
from crsv_desk.services.asking import ask_partners
from crsv_desk.services.book import issue, letter_blocks, open_volume
from crsv_desk.services.overview import list_letters, status, summary
from crsv_desk.services.publish import Partner
from crsv_desk.services.read_ahead import read_ahead, read_first
from crsv_desk.services.remarks import comment, list_remarks, rows_on_block
from crsv_desk.services.settling import settle
from crsv_desk.services.shelf import Shelf
from crsv_desk.storage import Workspace
from tests.services.world import Coalition, coalition


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, ["Stichting Ananas", "Vereniging Bosbes"]) as found:
        yield found


def test_a_write_is_seen_at_once_and_an_undone_one_is_not(here: Coalition) -> None:
    office = here.partners["Stichting Ananas"]
    desk, dossier = office.desk, office.dossier
    assert not list_remarks(desk, dossier)
    with pytest.raises(RuntimeError), desk.store.atomic():
        comment(desk, dossier, "comment", "Toch maar niet.")
        assert len(list_remarks(desk, dossier)) == 1
        raise RuntimeError
    assert not list_remarks(desk, dossier)
    office.volume()
    comment(desk, dossier, "comment", "Wel.")
    assert [row.text for row in list_remarks(desk, dossier)] == ["Wel."]
    office.volume()


def test_a_write_undone_in_the_midst_of_a_kept_one_is_not_seen(here: Coalition) -> None:
    office = here.partners["Stichting Ananas"]
    desk, dossier = office.desk, office.dossier
    with desk.store.atomic():
        comment(desk, dossier, "comment", "Blijft.")
        with pytest.raises(RuntimeError), desk.store.atomic():
            comment(desk, dossier, "comment", "Verdwijnt.")
            assert len(list_remarks(desk, dossier)) == 2
            raise RuntimeError
        assert [row.text for row in list_remarks(desk, dossier)] == ["Blijft."]
    office.volume()


def test_what_was_erased_is_gone_from_the_desk_too(here: Coalition) -> None:
    here.signed()
    office = here.secretariat
    [target] = [key for key, one in office.volume().held.items() if one.organisation == "Vereniging Bosbes"]
    issue(office.desk, Erasure, office.dossier, ids=(target,))
    office.desk.store.erase_packet(target)
    volume = office.volume()
    assert target not in volume.held and target in volume.state.erased
    with pytest.raises(KeyError):
        volume.packet(target)


def test_a_workspace_without_cards_opens_to_the_same_and_gets_them(here: Coalition) -> None:
    here.signed()
    office = here.secretariat
    before, store = office.volume(), office.desk.store
    assert isinstance(store, Workspace)
    store._run("DELETE FROM card")
    again = open_volume(replace(office.desk, shelf=Shelf()), office.dossier)
    assert again.state == before.state
    assert len(store.cards(office.dossier)) == len(before.held)


def test_a_card_says_exactly_what_reading_the_packet_says(here: Coalition) -> None:
    """Of every kind of statement that a whole round makes."""
    here.signed()
    comment(here.secretariat.desk, here.secretariat.dossier, "comment", "Hm.")
    kinds = set()
    for office in (here.secretariat, *here.partners.values()):
        volume = office.volume()
        for key, held in volume.held.items():
            packet = volume.packet(key)
            assert held == admit(packet) == Held.from_card(key, held.card(packet))
            statement = decode(packet.statement)
            assert isinstance(statement, Statement) and recall(packet.statement) == statement
            kinds.add(statement.type)
    assert {"genesis", "roster", "letter", "call", "endorsement", "comment"} <= kinds


@pytest.mark.parametrize("side", ["secretariat", "partner"])
def test_what_is_read_ahead_is_what_pages_ask_for(here: Coalition, side: str) -> None:
    office = here.secretariat if side == "secretariat" else here.partners["Stichting Ananas"]
    desk, dossier = replace(office.desk, shelf=Shelf()), office.dossier
    comment(desk, dossier, "comment", "Een.")
    desk.shelf.blocks.clear()
    read_ahead(desk)
    volume = open_volume(desk, dossier)
    before, texts = set(volume.derived), dict(desk.shelf.blocks)
    assert [row.text for row in list_remarks(desk, dossier)] == ["Een."]
    assert [row.text for row in rows_on_block(desk, volume, "")] == ["Een."]
    assert volume.state.current is not None
    assert letter_blocks(desk, volume, volume.state.current.id)
    summary(desk, dossier)
    status(desk, dossier)
    assert set(volume.derived) == before, "nothing had to be worked out any more"
    assert desk.shelf.blocks == texts, "nor to be read"
    comment(desk, dossier, "comment", "Twee.")
    read_ahead(desk)
    assert sorted(row.text for row in list_remarks(desk, dossier)) == ["Een.", "Twee."]


def test_what_is_read_first_is_what_the_home_page_shows(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    comment(desk, dossier, "comment", "Een.")
    read_first(desk)
    _, volume = desk.shelf.volumes[dossier]
    before = set(volume.derived)
    [found] = list_letters(desk)
    assert found.open_remarks == 1 and set(volume.derived) == before, "nothing had to be worked out any more"
    assert open_volume(desk, dossier) is volume and "remark rows" not in before


def test_a_row_says_what_became_of_its_remark_also_when_only_that_has_changed(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    for text in ("Een.", "Twee."):
        comment(desk, dossier, "comment", text)
    first, second = list_remarks(desk, dossier)
    settle(desk, dossier, second.statement, "declined", "Nee.")
    again = list_remarks(desk, dossier)
    assert again[0] is first, "what did not change is not made again"
    assert (again[1].state, again[1].answer) == ("declined", "Nee.")


def test_an_opening_is_recalled_as_it_was_decoded(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    ask_partners(desk, dossier, [Partner("Netwerk Dadel", "BE")])
    kept = [decode_opening(data) for data in desk.store.documents(dossier, "opening").values()]
    openings = [one for one in kept if isinstance(one, Opening)]
    assert "BE" in {one.country for one in openings}
    made = replace(openings[0], certificates=("a" * 64, "b" * 64), voucher=3, basis="voice", date="2026-05-26")
    for decoded in (*openings, made):
        data, entry = decoded.encode(), decoded.entry
        recalled = recall_opening(data, entry)
        assert recalled == decoded == decode_opening(data)
        assert (recalled.entry, recalled.encode()) == (entry, data)
