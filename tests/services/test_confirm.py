"""The phone check: the right code pins, a wrong one says so and pins nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.services.confirm import candidates, confirm
from tests.services.world import LEAD, coalition

ANANAS = "Stichting Ananas"


def test_a_partner_pins_the_secretariat(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS,)) as here:
        stranger = here.world.partner("Vereniging Bosbes", here.letter, here.secretariat, trusting=False)
        digits = here.secretariat.code.replace(" ", "")
        wrong = [digits[:-1] + str((int(digits[-1]) + 1) % 10), digits[:25], digits + "0", "", "1" * 30, stranger.code]
        for code in wrong:
            with pytest.raises(DeskError, match=f"This is not the code of {LEAD}: nothing was confirmed"):
                confirm(stranger.desk, LEAD, code)
            assert not stranger.desk.store.pins()
            assert [one.organisation for one in candidates(stranger.desk)] == [LEAD]
        confirm(stranger.desk, LEAD.lower(), "-".join(here.secretariat.code.split()), "video")
        [pin] = stranger.desk.store.pins().values()
        assert (pin.certificate, pin.organisation, pin.basis) == (here.secretariat.fingerprint, LEAD, "video")
        assert not candidates(stranger.desk)


def test_the_secretariat_confirms_a_signer_by_a_roster_that_says_how(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS,)) as here:
        secretariat, partner = here.secretariat, here.partners[ANANAS]
        secretariat.take(partner.endorse("all").data)
        before = secretariat.volume().state
        for code in ("1" * 30, secretariat.code, partner.code[:-1]):
            with pytest.raises(DeskError, match=f"This is not the code of {ANANAS}: nothing was confirmed"):
                confirm(secretariat.desk, ANANAS, code)
        assert secretariat.volume().state == before
        confirm(secretariat.desk, ANANAS, partner.code, "in-person")
        member = secretariat.volume().state.members[ANANAS]
        assert member.certificates == {partner.fingerprint}
        assert {one.basis for one in member.openings if one.certificates} == {"in-person"}


def test_nobody_of_that_name_and_no_such_way(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS,)) as here:
        with pytest.raises(UsageError, match="Nobody called Niemand"):
            confirm(here.secretariat.desk, "Niemand", "1" * 30)
        with pytest.raises(UsageError, match="voice, video"):
            confirm(here.secretariat.desk, ANANAS, "1" * 30, "hearsay")
