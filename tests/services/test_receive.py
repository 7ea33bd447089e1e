"""Files come in: any kind, order and number of times; nothing of a refused one stays, and none stops the rest."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.statements import Call, Letter, Roster, Signing, Text
from crsv_desk.services import receive as receiving
from crsv_desk.services.answering import decline
from crsv_desk.services.book import open_volume
from crsv_desk.services.closing import close
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.erase import erase
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import problems
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.receive import Verdict
from crsv_desk.services.remarks import comment
from crsv_desk.services.settling import settle
from tests.services.hands import (
    Restless,
    colleague,
    everything,
    forged,
    forged_endorsement,
    holdings,
    identity_of,
    newer,
    signed_again,
    stranger,
)
from tests.services.world import DRAWN, Coalition, Office, World, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")
D = "d" * 64


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def letter_of(office: Office) -> str:
    current = office.volume().state.current
    assert current is not None
    return current.id


def forged_letter(office: Office, body: bytes, **other: Any) -> bytes:
    text = Text("nl", "ltr", "Onderwerp", "Geachte", "Groet", identifier(body), True)
    entries: dict[str, Any] = {
        "n": 2, "prev": (letter_of(office),), "lead": "L", "texts": (text,), "blocks": ("b1",),
        "files": {"letter-nl.md": body},
    }  # fmt: skip
    return forged(office.desk, Letter, office.dossier, **{**entries, **other})


def picture(frames: int = 1) -> bytes:
    output = io.BytesIO()
    images = [Image.new("RGB", (40, 20), (shade * 80, 0, 0)) for shade in range(frames)]
    images[0].save(output, "PNG", save_all=frames > 1, append_images=images[1:])
    return output.getvalue()


def refused_files(here: Coalition) -> list[tuple[str, bytes]]:
    """What must not come in, with what its verdict says."""
    sec, mine = here.secretariat, here.partners[ANANAS].desk
    dossier, letter = sec.dossier, letter_of(sec)
    good, sealed = (here.partners[BOSBES].endorse(visible).data for visible in ("all", "none"))  # type: ignore[arg-type]
    nobody = Disclosure(letter, (Signing("P", "R"),), "none", "", ("", "", "", ""), "AAAA", "AAAA")
    moving = {"mark.png": picture(frames=2)}
    return [
        ("This is not a CRSV Desk file", b"hello"),
        ("This is a PDF", b"%PDF-1.7\n"),
        ("Something was added", good[:-30]),
        ("Something was added", good + b"\0"),
        ("was changed or damaged", good[: len(good) // 3]),
        ("is not complete", b"-----BEGIN CRSV PACKET-----\n????\n-----END CRSV PACKET-----"),
        ("This sealed file was changed", sealed[:-40]),
        ("damaged or was made by something else", b'{"organisation":"x"}'),
        ("does not fit anything here", Opening("Spook", "", (), 0, "", "", D).encode()),
        ("does not fit anything here", nobody.encode()),
        ("not on this computer", forged_endorsement(mine, D, letter, ANANAS)),
        ("another number of paragraphs", forged_letter(sec, "Eén.\n\nTwee.\n".encode())),
        ("hidden character (U+202E)", forged_letter(sec, "Eén \u202e.\n".encode())),
        ("contradicts itself", forged_letter(sec, "Ge\u0301en.\n".encode())),
        ("contradicts itself", forged_letter(sec, b"\xff.\n")),
        ("contradicts itself", forged_endorsement(mine, dossier, letter, ANANAS, people=())),
        ("This picture moves", forged_endorsement(mine, dossier, letter, ANANAS, mark="image", files=moving)),
        ("a file too many", forged_endorsement(mine, dossier, letter, ANANAS, files={"more.txt": b"x"})),
    ]


def test_nothing_of_a_refused_file_is_kept_and_none_stops_the_rest(here: Coalition) -> None:
    desk = here.secretariat.desk
    bad = refused_files(here)
    before = holdings(desk)
    for says, data in bad:
        [verdict] = here.secretariat.take(data)
        assert verdict.outcome == "refused" and says in verdict.sentence
    assert holdings(desk) == before
    good = here.partners[ANANAS].endorse("all")
    everyone = [data for _, data in bad]
    verdicts = here.secretariat.take(*everyone, good.data, *everyone)
    assert len(verdicts) == 2 * len(bad) + 1
    assert [one.outcome for one in verdicts if one.outcome != "refused"] == ["held apart"]
    after, dossier = holdings(desk), here.secretariat.dossier
    assert after[dossier].pop(good.statement) == good.data
    assert after == before


def test_a_bundle_with_one_bad_member_is_refused_whole(here: Coalition) -> None:
    desk = here.secretariat.desk
    good, bad = (here.partners[name].endorse("all").data for name in NAMES)
    before = holdings(desk)
    [verdict] = here.secretariat.take(desk.packets.bundle([good, bad[:-4] + b"\1\0\0\0"]))
    assert verdict.outcome == "refused"
    assert holdings(desk) == before


def test_another_member_cannot_sign_a_public_statement_again(here: Coalition) -> None:
    out = here.partners[ANANAS].endorse("all", mark=DRAWN)
    thief = here.partners[BOSBES]
    again = signed_again(thief.desk.packets.read(out.data), thief.desk, own_identity(thief.desk).signer)
    [verdict] = here.secretariat.take(again)
    assert verdict.outcome == "refused" and "somebody other than the person who wrote it" in verdict.sentence
    # Nor with other files or at another time under the same key.
    mine = here.partners[ANANAS]
    packet = mine.desk.packets.read(out.data)
    signer = own_identity(mine.desk).signer
    other_files = mine.desk.packets.build(packet.statement, {}, packet.signing_time, signer)
    other_time = mine.desk.packets.build(packet.statement, packet.files, "2026-05-22T00:00:00Z", signer)
    assert ["not the ones that were signed" in one.sentence for one in here.secretariat.take(other_files)] == [True]
    assert ["two different times" in one.sentence for one in here.secretariat.take(other_time)] == [True]


def two_packets(office: Office) -> tuple[str, bytes, bytes]:
    """The id of one endorsement and two packets of it, the bytewise smaller first."""
    out = office.endorse("all")
    packet = office.desk.packets.read(out.data)
    restless = Restless(own_identity(office.desk).signer)
    again = signed_again(packet, office.desk, restless)
    small, large = sorted((out.data, again))
    assert small != large
    return out.statement, small, large


def test_of_two_packets_for_one_statement_the_smaller_is_kept(here: Coalition) -> None:
    statement, small, large = two_packets(here.partners[ANANAS])
    sec = here.secretariat
    for first, second in ((large, small), (small, large)):
        sec.take(first)
        [verdict] = sec.take(second)
        assert verdict.outcome in ("known", "held apart")
        assert sec.volume().packets[statement].data == small


def test_unless_a_closing_names_the_other(here: Coalition) -> None:
    statement, small, large = two_packets(here.partners[ANANAS])
    sec = here.secretariat
    sec.endorse("all")
    sec.take(large)
    here.confirmed(ANANAS)
    identifier_of_closing = close(sec.desk, sec.dossier, "public").id
    closing = sec.volume().packets[identifier_of_closing].data
    sec.take(small)
    assert sec.volume().packets[statement].data == large  # the closing that is held names it
    judge = here.world.office("Tweede Kamer")
    judge.dossier = sec.dossier
    judge.take(here.letter, small)
    judge.take(large, closing)  # whichever of the two comes first
    assert judge.volume().packets[statement].data == large
    other = here.world.office("Eerste Kamer")
    other.dossier = sec.dossier
    other.take(small, closing, large, here.letter)
    assert other.volume().packets[statement].data == large


def test_strangers_fill_no_more_than_their_place(here: Coalition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert receiving.MOST_UNKNOWN == 1_000
    monkeypatch.setattr(receiving, "MOST_UNKNOWN", 3)
    sec, desk = here.secretariat, here.secretariat.desk
    letter = letter_of(sec)
    unknown = [stranger(desk, sec.dossier, letter, f"Spook {number}") for number in range(3)]
    assert {one.outcome for one in sec.take(*unknown)} == {"held apart"}
    key = desk.keys.new("Spook 4")
    attempts = [
        stranger(desk, sec.dossier, letter, "Spook 5"),
        forged_letter(sec, b"Vals.\n", signer=key),
        newer(desk, sec.dossier, signer=key),
    ]
    before = holdings(desk)
    verdicts = sec.take(*attempts)
    assert {one.outcome for one in verdicts} == {"refused"}
    assert all("unknown senders are waiting" in one.sentence for one in verdicts)
    assert holdings(desk) == before
    # Whoever is known is still heard; and a phone check makes room.
    sec.endorse("all")
    call = forged(desk, Call, sec.dossier, n=2)
    assert [one.outcome for one in sec.take(call)] == ["new"]


def test_a_partner_hears_its_secretariat_however_much_it_says(here: Coalition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_UNKNOWN", 0)
    partner, sec = here.partners[ANANAS], here.secretariat
    remark = comment(partner.desk, partner.dossier, "comment", "Mooi.")
    monkeypatch.setattr(receiving, "MOST_UNKNOWN", 1_000)
    sec.take(remark.data)
    here.confirmed(ANANAS)
    settle(sec.desk, sec.dossier, remark.statement, "declined", "Dank.")
    monkeypatch.setattr(receiving, "MOST_UNKNOWN", 0)
    verdicts = partner.take(letter_file_for_partners(sec.desk, sec.dossier))
    assert "refused" not in {one.outcome for one in verdicts}


def test_a_newer_statement_is_kept_unread_passed_on_and_stops_closing(here: Coalition) -> None:
    sec, desk = here.secretariat, here.secretariat.desk
    sec.endorse("all")
    by_us, by_stranger = newer(desk, sec.dossier, 2), newer(desk, sec.dossier, 7, signer=desk.keys.new("Spook"))
    verdicts = sec.take(by_us, by_stranger)
    assert {one.outcome for one in verdicts} == {"unread"}
    assert any("CRSV Desk 2" in one.sentence for one in verdicts)
    assert any("CRSV Desk 7" in one for one in problems(sec.volume().state))
    with pytest.raises(DeskError, match="newer CRSV Desk"):
        compile_letter(desk, sec.dossier)
    file = letter_file_for_partners(desk, sec.dossier)
    assert by_us in desk.packets.members(file)
    assert by_stranger not in desk.packets.members(file)
    partner = here.partners[ANANAS]
    assert "unread" in {one.outcome for one in partner.take(file)}
    assert any("CRSV Desk 2" in one for one in problems(partner.volume().state))


def test_a_whole_letter_of_a_newer_format_says_which_version_it_needs(here: Coalition) -> None:
    desk = here.partners[ANANAS].desk
    before = holdings(desk)
    [begun, follows] = here.partners[ANANAS].take(newer(desk, "", 3), newer(desk, D, 3))
    for verdict in (begun, follows):
        assert verdict.outcome == "refused" and "CRSV Desk 3" in verdict.sentence
    assert holdings(desk) == before


def test_replay_into_another_dossier_is_refused_and_says_why(here: Coalition, tmp_path: Path) -> None:
    out = here.partners[ANANAS].endorse("all")
    other = World(tmp_path / "other")
    try:
        office = other.secretariat()
        publish(office.desk, office.dossier)
        [verdict] = office.take(out.data)
        assert verdict.outcome == "refused" and "not on this computer" in verdict.sentence
    finally:
        other.close()


def test_what_never_counts_says_why(here: Coalition) -> None:
    sec, partner = here.secretariat, here.partners[ANANAS]
    dossier, letter = sec.dossier, letter_of(here.secretariat)
    here.answered(ANANAS, decline(partner.desk, dossier, "Later."))

    def verdict(data: bytes) -> Verdict:
        [found] = sec.take(data)
        assert all(one.counts is None for one in sec.volume().state.organisations)
        return found

    in_anothers_name = verdict(forged_endorsement(partner.desk, dossier, letter, BOSBES))
    assert f"in the name of {BOSBES}, but the key belongs to {ANANAS}" in in_anothers_name.sentence
    another_text = verdict(forged_endorsement(partner.desk, dossier, D, ANANAS))
    assert "has not published" in another_text.sentence
    unknown = verdict(stranger(partner.desk, dossier, letter, BOSBES))
    assert unknown.outcome == "held apart" and f"Says it is {BOSBES}" in unknown.sentence
    forbidden = verdict(forged_letter(partner, b"Vals.\n"))
    assert "Only the secretariat can say this" in forbidden.sentence
    hidden = here.partners[BOSBES].endorse("none")
    sec.take(hidden.data)
    pointing = verdict(forged_endorsement(partner.desk, dossier, letter, ANANAS, seen=(hidden.statement,)))
    assert "points at another's answer" in pointing.sentence
    older = partner.endorse("all")
    publish(sec.desk, dossier)
    assert "older version" in verdict(older.data).sentence


def test_two_letters_under_one_number_are_an_alarm_with_both_as_proof(here: Coalition) -> None:
    sec, second = here.secretariat, colleague(here)
    one = forged_letter(sec, b"Zo.\n")
    two = forged_letter(second, b"Anders.\n")
    ids = {identity_of(data, sec.desk) for data in (one, two)}
    partner = here.partners[ANANAS]
    partner.take(letter_file_for_partners(sec.desk, sec.dossier), one, two)
    sec.take(one, two)
    for office in (partner, sec):
        [alarm] = problems(office.volume().state)
        assert "number 2" in alarm and all(key[:12] in alarm for key in ids)
    with pytest.raises(DeskError, match="contradict"):
        partner.endorse("all")
    with pytest.raises(DeskError, match="contradict"):
        compile_letter(sec.desk, sec.dossier)
    # A third that names both settles it.
    partner.take(publish(sec.desk, sec.dossier))
    assert not problems(partner.volume().state)
    assert partner.endorse("all").statement


def test_two_laptops_of_one_secretariat_confirm_at_once(here: Coalition) -> None:
    first, second = here.secretariat, colleague(here)
    first.endorse("all")
    files = [here.partners[name].endorse("all").data for name in NAMES]
    for office in (first, second):
        office.take(*files)
    for name in NAMES:
        confirm(first.desk, name, here.partners[name].code)
    for name in reversed(NAMES):
        confirm(second.desk, name, here.partners[name].code)
    first.take(*everything(second))
    second.take(*everything(first))
    assert first.volume().state == second.volume().state
    assert not problems(first.volume().state)
    assert {one.standing for one in first.volume().state.organisations} == {"endorsed"}
    pdf = compile_letter(first.desk, first.dossier).pdf
    again = compile_letter(second.desk, second.dossier)
    assert again.endorsements == 3 and again.verification.holds and pdf


def test_erased_content_is_gone_and_never_comes_back(here: Coalition) -> None:
    sec, second, partner = here.secretariat, colleague(here), here.partners[ANANAS]
    remark = comment(partner.desk, partner.dossier, "comment", "Een naam die hier niet hoort.")
    shown = partner.endorse("organisation", mark=DRAWN)
    for office in (sec, second):
        office.take(remark.data, shown.data)
    assert shown.statement in sec.desk.store.documents(sec.dossier, "disclosure")
    erased = erase(sec.desk, sec.dossier, [remark.statement[:20], shown.statement])
    assert set(erased) == {remark.statement, shown.statement}
    [erasure] = [one.data for key, one in sec.volume().packets.items() if key not in second.volume().packets]
    late = here.world.office("Auditor")
    late.dossier = sec.dossier
    late.take(remark.data, erasure, here.letter, shown.data)  # all at once, the erasure somewhere among them
    second.take(erasure)
    for office in (sec, second, late):
        verdicts = office.take(remark.data, shown.data)
        assert {one.outcome for one in verdicts} <= {"refused", "sealed to others"}
        assert sum("destroyed" in one.sentence for one in verdicts) == 2
        assert not set(erased) & set(office.desk.store.packets(sec.dossier))
        assert not office.desk.store.documents(sec.dossier, "disclosure")
        assert office.volume().state.erased == set(erased)
    assert sec.volume().state == second.volume().state
    with pytest.raises(DeskError):
        erase(partner.desk, partner.dossier, [remark.statement])
    with pytest.raises(DeskError):
        erase(sec.desk, sec.dossier, [letter_of(sec)])


def test_a_disclosure_says_nothing_else_of_what_is_public(here: Coalition) -> None:
    """Sealed to the secretariat by a stranger: another person under a public endorsement, for the full edition."""
    out = here.partners[ANANAS].endorse("all", mark=DRAWN)
    hidden = here.partners[BOSBES].endorse("no-mark", mark=DRAWN)
    sec = here.secretariat
    sec.take(out.data, hidden.data)
    store = sec.desk.store
    [mine] = store.documents(sec.dossier, "disclosure").values()
    for endorsement in (out.statement, hidden.statement):
        other = Disclosure(endorsement, (Signing("Iemand Anders", "chef"),), "none", "", ("", "", "", ""), "", "")
        reader = next(iter(sec.volume().state.secretariat.values())).recipient
        sealed = sec.desk.sealing.seal(other.encode(), [reader])
        assert [one.outcome for one in sec.take(sealed)] == ["refused"]
        assert [one.outcome for one in sec.take(other.encode())] == ["refused"]
    assert list(store.documents(sec.dossier, "disclosure").values()) == [mine]


def test_a_disclosure_by_its_author_is_bound_as_well(here: Coalition) -> None:
    """Whoever knows the salts cannot name others either, nor a certificate that is none."""
    partner, sec = here.partners[BOSBES], here.secretariat
    whole = partner.endorse("all")
    no_mark, organisation = partner.endorse("no-mark", mark=DRAWN), partner.endorse("organisation", mark=DRAWN)
    packets = [partner.volume().packets[out.statement].data for out in (whole, no_mark, organisation)]
    sec.take(*packets)
    mine = {key: decode_opening(data) for key, data in documents(partner, "disclosure").items()}
    one, other = mine[no_mark.statement], mine[organisation.statement]
    assert isinstance(one, Disclosure) and isinstance(other, Disclosure)
    false = [
        replace(one, people=(Signing("Iemand Anders", one.people[0].role),)),
        replace(one, people=(Signing(one.people[0].name, "chef"),)),
        replace(one, mark_data=""),
        replace(other, people=(Signing("Iemand Anders", "chef"),)),
        replace(other, certificate="AAAA"),
        replace(other, link="AAAA"),
        Disclosure(whole.statement, one.people, "none", "", ("", "", "", ""), "", ""),
    ]
    before = documents(sec, "disclosure")
    verdicts = sec.take(*(document.encode() for document in false))
    assert [one.outcome for one in verdicts] == ["refused"] * len(false)
    assert documents(sec, "disclosure") == before == {}
    assert [one.outcome for one in sec.take(one.encode(), other.encode())] == ["new", "new"]


def documents(office: Office, kind: str) -> dict[str, bytes]:
    return dict(office.desk.store.documents(office.dossier, kind))


def test_an_opening_is_kept_only_where_the_secretariats_roster_lists_it(here: Coalition) -> None:
    partner = here.partners[ANANAS]
    opening = Opening("Spook", "", (own_identity(partner.desk).fingerprint,), 0, "voice", "2026-05-20", D)
    roster = forged(partner.desk, Roster, partner.dossier, prev=(), add=(opening.entry,), revoke=(), secretariat=())
    verdicts = here.secretariat.take(roster, opening.encode())
    assert [one.outcome for one in verdicts if one.kind == "opening"] == ["refused"]
    assert "Spook" not in here.secretariat.volume().state.members


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Coalition, list[bytes]]]:
    """The files of one dossier with an answer of every kind, a correction, an erasure and a conflict of packets."""
    with coalition(tmp_path_factory.mktemp("pool"), NAMES) as here:
        sec, dossier = here.secretariat, here.secretariat.dossier
        files: list[bytes] = []
        _statement, small, large = two_packets(here.partners[ANANAS])
        files += [small, large, stranger(sec.desk, dossier, letter_of(sec), "Spook"), newer(sec.desk, dossier)]
        files.append(decline(here.partners[BOSBES].desk, dossier, "Nee.").data)
        remark = comment(here.partners[BOSBES].desk, dossier, "comment", "Hm.")
        sec.take(*files, remark.data)
        for name in NAMES:
            here.confirmed(name)
        sec.endorse("all")
        erase(sec.desk, dossier, [remark.statement])
        yield here, [*files, remark.data, *everything(sec)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_repetition_and_split_through_real_files_give_the_same_state(
    pool: tuple[Coalition, list[bytes]], data: st.DataObject
) -> None:
    here, files = pool
    sec = here.secretariat
    order = data.draw(st.permutations(range(len(files))))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(files)), max_size=3)))
    again = data.draw(st.lists(st.sampled_from(range(len(files))), max_size=4))
    genesis = next(number for number in order if sec.dossier == _id(sec, files[number]))
    order = [genesis, *(number for number in order if number != genesis)]  # first of all the letter's own file
    office = here.world.office("Lezer")
    office.dossier = sec.dossier
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        office.take(*(files[number] for number in order[start:end]))
    # Openings wait for their roster: whoever has both in the end shows the same.
    office.take(*(files[number] for number in again), *everything(sec))
    mine, theirs = open_volume(office.desk, sec.dossier), sec.volume()
    assert mine.state == theirs.state
    assert {key: one.data for key, one in mine.packets.items()} == {
        key: one.data for key, one in theirs.packets.items()
    }


def _id(office: Office, data: bytes) -> str:
    return identity_of(data, office.desk) if office.desk.packets.kind(data) == "packet" else ""
