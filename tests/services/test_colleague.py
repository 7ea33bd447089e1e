"""Two laptops of one secretariat: added after the codes were compared, working side by side, and one taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, Refused, UsageError
from crsv_desk.services.asking import change_call, current_call
from crsv_desk.services.colleague import add_colleague, file_for_colleagues, laptops, own_card, read_card
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import candidates, confirm
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.revise import revise
from crsv_desk.services.revoke import revoke, signed_by
from crsv_desk.services.verify import verify
from tests.services.world import LEAD, LETTER, Coalition, Office, coalition

ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"


def _second_laptop(here: Coalition) -> Office:
    second = here.world.office(LEAD, "Tweede Persoon")
    second.dossier = here.secretariat.dossier
    add_colleague(here.secretariat.desk, here.secretariat.dossier, own_card(second.desk), second.code)
    second.take(file_for_colleagues(here.secretariat.desk, here.secretariat.dossier))
    assert not summary(second.desk, second.dossier).secretariat  # anybody can list a stranger's key
    confirm(second.desk, LEAD, here.secretariat.code)
    assert summary(second.desk, second.dossier).secretariat
    return second


def _exchange(one: Office, other: Office) -> None:
    other.take(file_for_colleagues(one.desk, one.dossier))
    one.take(file_for_colleagues(other.desk, other.dossier))


def test_a_wrong_code_or_a_changed_card_adds_nobody(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS]) as here:
        second, stranger = here.world.office(LEAD), here.world.office(LEAD)
        card, desk, dossier = own_card(second.desk), here.secretariat.desk, here.secretariat.dossier
        with pytest.raises(DeskError, match="not the code"):
            add_colleague(desk, dossier, card, stranger.code)
        # Somebody in between who puts a recipient of his own into the card.
        his = desk.sealing.recipient(desk.sealing.new_secret()).encode()
        theirs = desk.sealing.recipient(_secret(second)).encode()
        assert theirs in card
        with pytest.raises(Refused, match="changed or damaged"):
            add_colleague(desk, dossier, card.replace(theirs, his), second.code)
        for broken in (b"", b"{}", card[:-1], card + b" "):
            with pytest.raises(Refused):
                read_card(desk, broken)
        assert [one.fingerprint for one in laptops(desk, dossier)] == [here.secretariat.fingerprint]
        (verdict,) = here.secretariat.take(card)
        assert verdict.outcome == "refused"
        assert "at “Secretariat”" in verdict.sentence


def _secret(office: Office) -> str:
    record = office.desk.store.identity()
    assert record is not None
    return record.age_secret


def test_two_laptops_confirm_at_once_and_agree(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS, BOSBES]) as here:
        second = _second_laptop(here)
        here.secretariat.take(here.partners[ANANAS].endorse("all").data)
        second.take(here.partners[BOSBES].endorse("all").data)
        here.confirmed(ANANAS)
        confirm(second.desk, BOSBES, here.partners[BOSBES].code)
        _exchange(here.secretariat, second)
        assert here.secretariat.status() == second.status()
        assert {name for name, row in second.status().items() if row.standing == "endorsed"} == {ANANAS, BOSBES}
        assert here.secretariat.volume().state.conflicts == ()


def test_the_second_laptop_publishes_and_partners_trust_it_for_the_first(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS]) as here:
        second = _second_laptop(here)
        partner = here.partners[ANANAS]
        revise(second.desk, second.dossier, (LETTER + "\nNog iets.\n").encode(), "letter.md")
        partner.take(publish(second.desk, second.dossier))
        one = summary(partner.desk, partner.dossier)
        assert (one.versions, one.confirmed) == (2, True)
        assert candidates(partner.desk) == []
        withheld = partner.endorse("none")  # sealed to both laptops now
        assert {verdict.outcome for verdict in second.take(withheld.data)} == {"held apart"}
        here.secretariat.take(publish_file(second))
        assert {verdict.outcome for verdict in here.secretariat.take(withheld.data)} == {"held apart"}
        assert here.secretariat.status()[ANANAS].withheld


def publish_file(office: Office) -> bytes:
    return letter_file_for_partners(office.desk, office.dossier)


def test_a_pdf_by_the_second_laptop_is_known_where_the_first_was_compared(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS]) as here:
        here.signed((ANANAS,))
        second = _second_laptop(here)
        compiled = compile_letter(second.desk, second.dossier)
        checked = verify(here.partners[ANANAS].desk, Untrusted("brief.pdf", compiled.pdf))
        assert (checked.whole, checked.whose) == (True, True)


def test_only_the_other_laptops_can_open_the_colleagues_file(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS]) as here:
        with pytest.raises(DeskError, match="no other laptop"):
            file_for_colleagues(here.secretariat.desk, here.secretariat.dossier)
        _second_laptop(here)
        data = file_for_colleagues(here.secretariat.desk, here.secretariat.dossier)
        (verdict,) = here.partners[ANANAS].take(data)
        assert verdict.outcome == "sealed to others"
        assert ANANAS.encode() not in data


def test_a_lost_laptop_says_nothing_more_and_what_it_said_stays(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS, BOSBES]) as here:
        second = _second_laptop(here)
        second.take(here.partners[ANANAS].endorse("all").data)
        confirm(second.desk, ANANAS, here.partners[ANANAS].code)
        _exchange(here.secretariat, second)
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        revoke(desk, dossier, second.fingerprint, signed_by(here.secretariat.volume(), second.fingerprint))
        assert [one.own for one in laptops(desk, dossier)] == [True]
        assert here.secretariat.status()[ANANAS].standing == "endorsed"
        # What the lost laptop says from now on has no effect.
        second.take(here.partners[BOSBES].endorse("all").data)
        confirm(second.desk, BOSBES, here.partners[BOSBES].code)
        here.secretariat.take(file_for_colleagues(second.desk, dossier))
        assert here.secretariat.status()[BOSBES].standing != "endorsed"
        with pytest.raises(DeskError, match="last key"):
            revoke(desk, dossier, here.secretariat.fingerprint)
        with pytest.raises(UsageError, match="No organisation"):
            revoke(desk, dossier, second.fingerprint)


def test_two_deadlines_set_at_once_are_settled_by_choosing_one(tmp_path: Path) -> None:
    with coalition(tmp_path, [ANANAS]) as here:
        second = _second_laptop(here)
        change_call(here.secretariat.desk, here.secretariat.dossier, "2026-06-01", "een")
        change_call(second.desk, second.dossier, "2026-06-02", "twee")
        _exchange(here.secretariat, second)
        assert [one.kind for one in second.volume().state.conflicts] == ["call"]
        change_call(second.desk, second.dossier, "2026-06-02", "twee")
        _exchange(here.secretariat, second)
        assert here.secretariat.volume().state.conflicts == ()
        assert current_call(here.secretariat.desk, here.secretariat.dossier) == ("2026-06-02", "twee")


def test_a_strangers_letter_that_lists_our_key_is_not_ours(tmp_path: Path) -> None:
    """A forged letter names the real secretariat's certificate beside its maker's: being listed proves nothing."""
    from base64 import b64encode

    from crsv_desk.domain.statements import Genesis, SecretariatKey, statement_id
    from crsv_desk.services.book import issue
    from crsv_desk.services.drafting import Draft, save_draft
    from crsv_desk.services.identity import own_identity

    with coalition(tmp_path, [ANANAS]) as here:
        mallory = here.world.office(LEAD)
        keys = []
        for office in (mallory, here.secretariat):
            own = own_identity(office.desk)
            recipient = mallory.desk.sealing.recipient(_secret(mallory))
            keys.append(SecretariatKey(b64encode(own.certificate.der).decode(), recipient))
        genesis = issue(mallory.desk, Genesis, "", title="Een brief", secretariat=tuple(keys))
        mallory.dossier = statement_id(genesis.statement)
        source = mallory.desk.letters.read(LETTER.encode(), "letter.md")
        save_draft(mallory.desk, Draft(mallory.dossier, source.front, source.body))
        here.secretariat.take(publish(mallory.desk, mallory.dossier))
        listed = summary(here.secretariat.desk, mallory.dossier)
        assert not listed.secretariat and not listed.confirmed
        with pytest.raises(DeskError, match="Only the secretariat"):
            publish(here.secretariat.desk, mallory.dossier)
        partner = here.partners[ANANAS]
        partner.take(publish(mallory.desk, mallory.dossier))
        assert not summary(partner.desk, mallory.dossier).confirmed
        partner.dossier = mallory.dossier
        with pytest.raises(DeskError, match="First compare the code"):
            partner.endorse("none")
