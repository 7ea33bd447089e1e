"""What the public may not see stands in no byte that the public gets; what it may be found by, neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.statements import Comment, Endorsement, Roster, encode
from crsv_desk.pdf.scanning import pieces
from crsv_desk.services.answering import decline, withdraw
from crsv_desk.services.book import MOST_SEALED
from crsv_desk.services.closing import Decision, close
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.publish import letter_file_for_partners
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.remarks import comment
from crsv_desk.services.verify import verify
from tests.services.world import DRAWN, LETTER, coalition

OPEN, HIDDEN = "Stichting Ananas", "Netwerk Overlevenden Oost"


def spellings(name: str) -> list[bytes]:
    return [name.encode(encoding) for encoding in ("utf-8", "utf-16-be", "utf-16-le")]


def holds(data: bytes, name: str) -> bool:
    return any(one in data for one in spellings(name))


def public_bytes(pdf: bytes) -> bytes:
    """The file and everything in it, unpacked."""
    return pdf + b"".join(piece.data for piece in pieces(pdf))


def sealed_part(data: bytes) -> bytes:
    """Behind the age header, to which the library adds a random part of its own."""
    return data.split(b"\n--- ", 1)[1].split(b"\n", 1)[1]


def test_a_withheld_name_is_in_no_byte_of_the_public_edition(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        out = here.partners[HIDDEN].endorse("none")
        here.answered(HIDDEN, out)
        compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
        assert (compiled.endorsements, compiled.withheld) == (2, 1)
        everything = public_bytes(compiled.pdf)
        secret = (HIDDEN, "Persoon 3", here.partners[HIDDEN].fingerprint, here.partners[HIDDEN].code)
        for name in secret:
            assert not holds(everything, name), name
        assert holds(everything, OPEN)
        assert out.statement.encode() in everything  # counted by its number
        assert here.secretariat.status()[HIDDEN].standing == "endorsed"


def test_the_check_before_writing_refuses_a_leak_and_names_the_place(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        for edition in ("public", "slim"):
            with pytest.raises(DeskError, match="page 1"):
                compile_letter(here.secretariat.desk, here.secretariat.dossier, edition, Decision(place=HIDDEN))  # type: ignore[arg-type]


def test_another_partners_words_may_not_name_a_withheld_one(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN], mandate=f"Namens {HIDDEN.upper()} ook.")
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        with pytest.raises(DeskError, match="attached file"):
            compile_letter(desk, dossier)
        with pytest.raises(DeskError, match="file beside the PDF"):
            compile_letter(desk, dossier, "slim")


def test_a_name_that_the_signed_text_says_is_told_and_stops_nothing(tmp_path: Path) -> None:
    letter = LETTER.replace("Geld voor", f"Geld voor {HIDDEN} en voor")
    with coalition(tmp_path, (OPEN, HIDDEN), letter) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
        assert compiled.quoted == (HIDDEN,) and compiled.withheld == 1
        assert compile_letter(here.secretariat.desk, here.secretariat.dossier, "slim").quoted == (HIDDEN,)
        for edition, place in (("public", "attached file"), ("slim", "file beside the PDF")):
            with pytest.raises(DeskError, match=place):
                compile_letter(here.secretariat.desk, here.secretariat.dossier, edition, Decision(place=HIDDEN))  # type: ignore[arg-type]


def test_a_withheld_name_within_a_public_one_is_no_false_alarm(tmp_path: Path) -> None:
    longer = f"{HIDDEN} en West"
    with coalition(tmp_path, (longer, HIDDEN)) as here:
        here.signed([longer])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        assert compile_letter(here.secretariat.desk, here.secretariat.dossier).withheld == 1
        with pytest.raises(DeskError, match="page 1"):  # and apart from it, it is a leak as before
            compile_letter(here.secretariat.desk, here.secretariat.dossier, decision=Decision(place=HIDDEN))


def test_a_sealed_answer_tells_nothing_by_its_size_or_name(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        one = here.partners[HIDDEN].endorse("none", mandate="x" * 5_000, members=("Afdeling Een", "Afdeling Twee"))
        other = here.partners[OPEN].endorse("none")
        assert len(sealed_part(one.data)) == len(sealed_part(other.data))
        assert one.sealed and other.sealed
        for out, name in ((one, HIDDEN), (other, OPEN)):
            assert not holds(out.data, name)
            assert not any(word.lower() in out.name for word in name.split())
        assert one.name != here.partners[HIDDEN].endorse("none").name


def test_only_the_named_readers_open_it(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        out = here.partners[HIDDEN].endorse("none")
        assert [one.outcome for one in here.partners[OPEN].take(out.data)] == ["sealed to others"]
        assert out.statement not in here.partners[OPEN].volume().held
        assert [one.outcome for one in here.secretariat.take(out.data)] == ["held apart"]


def test_sealing_is_refused_until_the_secretariat_was_confirmed(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN,)) as here:
        partner = here.world.partner("Vereniging Bosbes", here.letter, here.secretariat, trusting=False)
        for visible in ("none", "organisation"):
            with pytest.raises(DeskError):
                partner.endorse(visible)  # type: ignore[arg-type]
        with pytest.raises(DeskError):
            partner.endorse("no-mark", mark=DRAWN)


def test_no_unsealed_statement_but_the_closing_names_a_withheld_answer(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        partner = here.partners[HIDDEN]
        out = partner.endorse("none")
        here.answered(HIDDEN, out)
        remark = comment(partner.desk, partner.dossier, "comment", "Een opmerking.")
        assert remark.sealed
        here.secretariat.take(remark.data)
        compile_letter(here.secretariat.desk, here.secretariat.dossier)
        volume = here.secretariat.volume()
        for identifier, held in volume.held.items():
            statement = held.statement
            sealed = isinstance(statement, Endorsement | Comment) and statement.reply
            if not sealed and getattr(statement, "type", "") != "closing":
                packet = volume.packets[identifier].data
                assert out.statement.encode() not in packet
                assert remark.statement.encode() not in packet


def test_what_partners_are_given_tells_nothing_of_the_others(tmp_path: Path) -> None:
    """Neither openings nor answers: by whom a letter is endorsed cannot be found by elimination."""
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        given = letter_file_for_partners(here.secretariat.desk, here.secretariat.dossier)
        for name in (OPEN, HIDDEN):
            assert not holds(given, name)
        rosters = here.secretariat.volume().state.rosters
        for key in rosters:
            roster = here.secretariat.statement(key)
            assert isinstance(roster, Roster) and len(roster.add) % 32 == 0


def test_who_was_asked_and_has_no_public_answer_is_in_no_byte_of_the_pdf(tmp_path: Path) -> None:
    """The roster is attached, but it opens only for those named: an opening waits for a public answer."""
    silent, no = "Kring Zwijgers", "Bond van Neen"
    with coalition(tmp_path, (OPEN, HIDDEN, silent, no)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        here.answered(no, decline(here.partners[no].desk, here.partners[no].dossier, "Nee."))
        everything = public_bytes(compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf)
        for name in (silent, no, HIDDEN):
            assert not holds(everything, name)
            member = here.secretariat.volume().state.members[name]
            for opening in member.openings:
                assert not holds(everything, opening.salt)  # without its salt no entry can be guessed
        assert holds(everything, OPEN)


def test_organisation_only_hides_people_role_mark_and_hour(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        partner = here.partners[HIDDEN]
        out = partner.endorse("organisation", mark=DRAWN)
        here.answered(HIDDEN, out)
        statement = here.secretariat.statement(out.statement)
        assert isinstance(statement, Endorsement)
        assert statement.time.endswith("T00:00:00Z") and not statement.people
        assert statement.signer != partner.fingerprint  # a key for this endorsement alone
        compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
        everything = public_bytes(compiled.pdf)
        assert holds(everything, HIDDEN)
        for secret in ("Persoon 3", partner.fingerprint, partner.code):
            assert not holds(everything, secret), secret
        full = compile_letter(here.secretariat.desk, here.secretariat.dossier, "full")
        assert holds(public_bytes(full.pdf), "Persoon 3")


def test_the_drawn_mark_stays_out_where_it_is_not_wanted(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("no-mark", mark=DRAWN))
        compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
        volume = here.secretariat.volume()
        [held] = [one for one in volume.held.values() if one.organisation == HIDDEN]
        assert set(volume.packets[held.id].files) == set()
        assert compiled.verification.holds


def test_a_sealed_endorsement_is_withdrawn_sealed(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        out = withdraw(here.partners[HIDDEN].desk, here.secretariat.dossier, "Te gevaarlijk.")
        assert out.sealed and not holds(out.data, HIDDEN)
        here.secretariat.take(out.data)
        assert here.secretariat.status()[HIDDEN].standing == "withdrawn"
        assert compile_letter(here.secretariat.desk, here.secretariat.dossier).withheld == 0


def test_the_full_edition_carries_every_name_and_is_never_passed_on(tmp_path: Path) -> None:
    with coalition(tmp_path, (OPEN, HIDDEN)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        full = compile_letter(here.secretariat.desk, here.secretariat.dossier, "full")
        assert full.endorsements == 3
        assert holds(public_bytes(full.pdf), HIDDEN)
        closing = close(here.secretariat.desk, here.secretariat.dossier, "full")
        assert closing.id.encode() not in letter_file_for_partners(here.secretariat.desk, here.secretariat.dossier)
        auditor = here.world.office("Bureau Controle")
        assert verify(auditor.desk, Untrusted("vol.pdf", full.pdf), here.secretariat.code).holds


def test_what_is_too_large_to_seal_is_refused_before_it_is_signed(tmp_path: Path) -> None:
    with coalition(tmp_path, [HIDDEN]) as here:
        partner = here.partners[HIDDEN]

        class Unsigning:
            """Fails when anything is signed."""

            def __getattr__(self, name: str) -> object:
                if name == "build":
                    raise AssertionError("signed")
                return getattr(partner.desk.packets, name)

        desk = replace(partner.desk, packets=Unsigning())  # type: ignore[arg-type]
        with pytest.raises(Refused, match="too large to seal"):
            decline(desk, partner.dossier, "\U0001f54a" * 20_000, sealed=True)
        # The largest statement that is signed fits the one size that a sealed file has.
        room = MOST_SEALED - len(
            encode(partner.statement(decline(partner.desk, partner.dossier, "", sealed=True).statement))
        )
        again = room - 70  # it names the first answer, which it replaces
        largest = decline(partner.desk, partner.dossier, "\U0001f54a" * (again // 4), sealed=True)
        assert MOST_SEALED - 80 < len(encode(partner.statement(largest.statement))) <= MOST_SEALED
        assert {one.outcome for one in here.secretariat.take(largest.data)} == {"held apart"}
