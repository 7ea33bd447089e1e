"""Whoever is not the secretariat calls, publishes and confirms in vain; and a laptop takes itself for the secretariat only in
a letter that it began, or whose beginner's code was compared on it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.statements import Call, Genesis, Letter, SecretariatKey, Statement, statement_id
from crsv_desk.services.asking import ask_partners, change_call, current_call
from crsv_desk.services.attest import allow_voucher, attest
from crsv_desk.services.book import admitted, issue, open_volume
from crsv_desk.services.catching_up import catch_up
from crsv_desk.services.closing import latest_closing
from crsv_desk.services.colleague import add_colleague, adopt_draft, file_for_colleagues, own_card
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import candidates, confirm
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.erase import erase
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import Partner, letter_file_for_partners, publish
from crsv_desk.services.remarks import comment
from crsv_desk.services.revise import revise, take_this_one
from crsv_desk.services.revived import let_stand
from crsv_desk.services.revoke import revoke
from crsv_desk.services.settling import settle
from crsv_desk.services.taken_over import take_in
from tests.services.world import LEAD, LETTER, Coalition, Office, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def forged(by: Office, like: Statement, **other: object) -> bytes:
    """The same statement with other contents, signed by somebody else."""
    own = {"dossier", "signer", "time", "nonce", "seen", "files"}
    body = {one.name: getattr(like, one.name) for one in fields(like) if one.name not in own}
    _held, packet = admitted(by.desk, type(like), by.dossier, **{**body, **other})
    return packet.data


def call_of(office: Office) -> Call:
    state = office.volume().state
    assert state.call is not None and isinstance(state.call.statement, Call)
    return state.call.statement


@pytest.mark.parametrize("known", [True, False])
def test_a_call_by_another_key_changes_nothing_and_is_never_gone_on_from(here: Coalition, known: bool) -> None:
    sec = here.secretariat
    change_call(sec.desk, sec.dossier, "2026-06-01", "bel ons")
    partner = here.partners[ANANAS]
    file = letter_file_for_partners(sec.desk, sec.dossier)
    for office in here.partners.values():
        office.take(file)
    if known:  # a member of the roster is as much a stranger to this
        here.answered(ANANAS, partner.endorse("all"))
    before = call_of(sec)
    mallory = partner if known else here.world.partner("Iemand Anders", file, sec)
    false = forged(
        mallory, before, n=99, prev=(statement_id_of(sec),), deadline="2026-05-21", contact="bel mij", asked="Teken snel.",
        list_shown_to="everybody",
    )  # fmt: skip
    partners = [office for office in here.partners.values() if office is not mallory]
    for office in (sec, *partners):
        [verdict] = office.take(false)
        assert "does not count" in verdict.sentence
        assert current_call(office.desk, office.dossier) == ("2026-06-01", "bel ons")
        assert not office.volume().state.conflicts
        assert summary(office.desk, office.dossier).deadline == "2026-06-01"
    # Said again as it is, nothing is signed; and the next one follows the secretariat's own.
    change_call(sec.desk, sec.dossier, "2026-06-01", "bel ons")
    assert call_of(sec) == before
    first = statement_id_of(sec)
    change_call(sec.desk, sec.dossier, "2026-06-05", "bel ons")
    after = call_of(sec)
    assert (after.n, after.prev) == (before.n + 1, (first,))
    assert (after.asked, after.list_shown_to, after.embargo) == (before.asked, before.list_shown_to, before.embargo)
    for office in partners:
        office.take(letter_file_for_partners(sec.desk, sec.dossier))
        assert current_call(office.desk, office.dossier) == ("2026-06-05", "bel ons")
        assert not office.volume().state.conflicts


def statement_id_of(office: Office) -> str:
    call = office.volume().state.call
    assert call is not None
    return call.id


def test_a_letter_by_another_key_is_no_version(here: Coalition) -> None:
    sec, mallory = here.secretariat, here.partners[BOSBES]
    current = sec.volume().state.current
    assert current is not None and isinstance(current.statement, Letter)
    body = {"letter-nl.md": b"Wij vragen om niets.\n"}
    own = {"dossier", "signer", "time", "nonce", "seen", "files"}
    same = {one.name: getattr(current.statement, one.name) for one in fields(Letter) if one.name not in own}
    text = replace(current.statement.texts[0], body=identifier(body["letter-nl.md"]))
    blocks = tuple(one.id for one in mallory.desk.letters.blocks("Wij vragen om niets.\n"))
    changed = {**same, "n": 2, "prev": (current.id,), "texts": (text,), "blocks": blocks}
    _held, packet = admitted(mallory.desk, Letter, sec.dossier, files=body, **changed)
    for office in (sec, here.partners[ANANAS]):
        [verdict] = office.take(packet.data)
        assert "does not count" in verdict.sentence
        state = office.volume().state
        assert state.current == current and len(state.letters) == 1 and not state.conflicts
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, replace(draft, body=draft.body.replace("drie", "vier")))
    here.partners[ANANAS].take(publish(sec.desk, sec.dossier))
    after = here.partners[ANANAS].volume().state.current
    assert after is not None and isinstance(after.statement, Letter)
    assert (after.statement.n, after.statement.prev) == (2, (current.id,))


def listing(mallory: Office, *others: Office) -> bytes:
    """A letter that the first began, with the others' keys among its secretariat's; its own recipient for all of them."""
    recipient = mallory.desk.sealing.recipient(mallory.desk.sealing.new_secret())
    certificates = [own_identity(office.desk).certificate for office in (mallory, *others)]
    keys = tuple(SecretariatKey(b64encode(one.der).decode(), recipient) for one in certificates)
    genesis = issue(mallory.desk, Genesis, "", title="Een brief", secretariat=keys)
    mallory.dossier = statement_id(genesis.statement)
    source = mallory.desk.letters.read(LETTER.encode(), "letter.md")
    save_draft(mallory.desk, Draft(mallory.dossier, source.front, source.body))
    return publish(mallory.desk, mallory.dossier)


def test_a_laptop_that_a_stranger_lists_does_nothing_for_that_letter(here: Coalition) -> None:
    """Being listed proves nothing: until the beginner's code is compared, each verb of the secretariat is refused, and
    nothing is signed by itself."""
    sec, mallory = here.secretariat, here.world.office(LEAD)
    file = listing(mallory, sec)
    dossier, desk = mallory.dossier, sec.desk
    partner = here.partners[ANANAS]
    partner.take(file)
    partner.dossier = dossier
    answer = partner.endorse("all")
    remark = comment(partner.desk, dossier, "comment", "Hm.")
    sec.take(file, answer.data, remark.data)
    assert not summary(desk, dossier).secretariat and load_draft(desk, dossier) is None
    asked = here.world.office(LEAD)
    verbs: list[Callable[[], object]] = [
        lambda: publish(desk, dossier),
        lambda: revise(desk, dossier, LETTER.encode(), "letter.md"),
        lambda: take_this_one(desk, dossier, "0"),
        lambda: take_in(desk, dossier),
        lambda: catch_up(desk, dossier),
        lambda: change_call(desk, dossier, "2026-06-09", ""),
        lambda: ask_partners(desk, dossier, [Partner("Iemand")]),
        lambda: settle(desk, dossier, remark.statement, "taken"),
        lambda: revoke(desk, dossier, partner.fingerprint),
        lambda: let_stand(desk, dossier, partner.fingerprint),
        lambda: erase(desk, dossier, [answer.statement]),
        lambda: allow_voucher(desk, dossier, ANANAS, 3),
        lambda: add_colleague(desk, dossier, own_card(asked.desk), asked.code),
        lambda: file_for_colleagues(desk, dossier),
        lambda: compile_letter(desk, dossier),
    ]
    held = set(open_volume(desk, dossier).held)
    for number, verb in enumerate(verbs):
        with pytest.raises(DeskError, match="Only the secretariat"):
            verb()
        assert set(open_volume(desk, dossier).held) == held, number
    with pytest.raises(DeskError, match="declares"):
        attest(desk, dossier, BOSBES, "endorse", "phone", "2026-05-21")
    letter_file_for_partners(desk, dossier)  # passes on what is held, and says nothing itself: no receipt
    adopt_draft(desk, dossier)
    assert set(open_volume(desk, dossier).held) == held and load_draft(desk, dossier) is None
    assert latest_closing(open_volume(desk, dossier).state, "public") is None
    # Nobody who answered waits for this laptop; the one to compare is whoever began it.
    assert [(one.fingerprint, one.secretariat) for one in candidates(desk, dossier)] == [(mallory.fingerprint, True)]


def test_only_the_beginners_code_makes_it_the_secretariat(here: Coalition) -> None:
    sec, first, other = here.secretariat, here.world.office(LEAD), here.world.office("Bureau Els")
    file = listing(first, sec, other)
    sec.take(file)
    second = listing(other)  # another letter of the other, whose code is compared there
    sec.take(second)
    confirm(sec.desk, "Bureau Els", other.code)
    assert other.fingerprint in sec.desk.store.pins() and not summary(sec.desk, first.dossier).secretariat
    confirm(sec.desk, LEAD, first.code)
    assert summary(sec.desk, first.dossier).secretariat
    change_call(sec.desk, first.dossier, "2026-06-09", "")
    # Whoever compared the beginner's code and is not listed is none of the secretariat.
    partner = here.partners[ANANAS]
    assert sec.fingerprint in partner.desk.store.pins()
    with pytest.raises(DeskError, match="Only the secretariat"):
        change_call(partner.desk, partner.dossier, "2026-06-09", "")
