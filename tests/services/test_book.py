"""A dossier is read again exactly when something in it has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.publish import Partner, add_members
from crsv_desk.services.shelf import Shelf
from tests.services.world import coalition


def _as_if_new(desk: Desk, dossier: str) -> object:
    return open_volume(replace(desk, shelf=Shelf()), dossier).state


def test_what_nothing_changed_is_not_read_again(tmp_path: Path) -> None:
    with coalition(tmp_path, ["Stichting Ananas"]) as here:
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        first = open_volume(desk, dossier)
        desk.store.put_document(dossier, "draft", "other", b"{}")
        assert open_volume(desk, dossier) is first


def test_every_change_is_seen_at_once(tmp_path: Path) -> None:
    with coalition(tmp_path, ["Stichting Ananas"]) as here:
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        out = here.partners["Stichting Ananas"].endorse("all")
        states = [open_volume(desk, dossier).state]

        def look() -> None:
            states.append(open_volume(desk, dossier).state)
            assert states[-1] == _as_if_new(desk, dossier)
            assert states[-1] != states[-2]

        here.secretariat.take(out.data)
        look()
        here.confirmed("Stichting Ananas")
        look()
        add_members(desk, open_volume(desk, dossier), [Partner("Vereniging Bosbes")], lead="")
        look()
        desk.store.erase_packet(out.statement)
        look()


def test_what_was_undone_is_not_remembered(tmp_path: Path) -> None:
    with coalition(tmp_path, ["Stichting Ananas"]) as here:
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        before = open_volume(desk, dossier).state

        def add_and_fail() -> None:
            with desk.store.atomic():
                add_members(desk, open_volume(desk, dossier), [Partner("Vereniging Bosbes")], lead="")
                assert "Vereniging Bosbes" in open_volume(desk, dossier).state.members
                raise RuntimeError

        with pytest.raises(RuntimeError):
            add_and_fail()
        assert open_volume(desk, dossier).state == before
