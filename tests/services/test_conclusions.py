"""What a check comes to, said in one line: each conclusion with a file that earns it. And what can be done with the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.domain.progress import Step, silent
from crsv_desk.services.answering import withdraw
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm_key
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.take_out import harmless, take_out
from crsv_desk.services.telling import lines, report_text
from crsv_desk.services.verification import TITLES, Conclusion
from crsv_desk.services.verify import verify
from tests.pdf.spoilt import empty, rebuilt
from tests.services.judged import Judged
from tests.services.world import LEAD, coalition

NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@dataclass
class Case(Judged):
    pdf: bytes

    def sealed(self, spoil: str) -> bytes:
        """Under the secretariat's good seal, or a stranger's: other pages, or no statements."""
        desk, letter = self.here.secretariat.desk, self.letter()
        if spoil == "words":
            letter = replace(letter, text=replace(letter.text, salutation="Geachte vrienden,"))
        if spoil == "statements":
            letter = replace(letter, attachments=())
        own = own_identity(self.judge.desk if spoil == "key" else desk)
        return desk.paper.seal(desk.paper.typeset(letter, silent), own.signer, desk.clock.now())


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("coalition"), NAMES) as here:
        here.signed()
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
        yield Case(here, here.world.office("Tweede Kamer"), pdf)


def test_genuine(case: Case) -> None:
    found = case.verify(case.pdf)
    assert (found.conclusion, found.title) == ("genuine", TITLES["genuine"])


def test_whose_unknown(case: Case) -> None:
    assert case.verify(case.pdf, "").conclusion == "whose unknown"
    assert case.verify(case.pdf, "1" * 30).conclusion == "whose unknown"


def test_pages_not_compared(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(case.judge.desk.paper), "fonts_digest", lambda self: "0" * 64)
    found = case.verify(case.pdf)
    assert (found.conclusion, found.holds) == ("pages not compared", True)


@pytest.mark.parametrize(
    ("spoil", "conclusion"), [("words", "changed"), ("key", "changed"), ("statements", "no proof")]
)
def test_under_a_good_seal(case: Case, spoil: str, conclusion: Conclusion) -> None:
    assert case.verify(case.sealed(spoil)).conclusion == conclusion


def test_seal_lost_is_said_only_where_everything_else_holds(case: Case) -> None:
    assert case.verify(rebuilt(case.pdf)).conclusion == "seal lost"
    assert case.verify(rebuilt(case.sealed("words"))).conclusion == "changed"


def test_no_seal_is_not_called_false(case: Case) -> None:
    assert case.verify(empty()).conclusion == "no seal"


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\nnothing"])
def test_unreadable(case: Case, data: bytes) -> None:
    found = case.verify(data)
    assert found.conclusion == "unreadable" and found.findings[0].holds is False


def test_a_packet_says_whose_it_is(case: Case) -> None:
    assert verify(case.judge.desk, Untrusted("brief.crsv", case.here.letter)).conclusion == "whose unknown"
    found = verify(case.judge.desk, Untrusted("brief.crsv", case.here.letter), case.here.secretariat.code)
    assert found.conclusion == "genuine" and found.fingerprint == case.here.secretariat.fingerprint


def test_each_question_is_answered_apart(case: Case) -> None:
    found = case.verify(case.pdf, "")
    assert [one.holds for one in found.findings if one.topic == "whose"] == [False]
    assert all(one.holds is not False for one in found.findings if one.topic == "whole")


def test_an_endorsement_says_on_what_its_key_rests(case: Case) -> None:
    rows = {row.organisation: row for row in case.verify(case.pdf).endorsements}
    assert rows[LEAD].basis == "own"
    assert (rows[NAMES[0]].basis, rows[NAMES[0]].version, rows[NAMES[0]].outcome) == ("voice", 1, "holds")
    assert rows[NAMES[0]].compared.startswith("2026-05-20")


def test_what_came_later_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with coalition(tmp_path, NAMES) as here:
        here.signed()
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
        partner = here.partners[NAMES[0]]
        here.secretariat.take(withdraw(partner.desk, partner.dossier, "bestuur").data)
        found = verify(here.secretariat.desk, Untrusted("brief.pdf", pdf))
        assert found.conclusion == "genuine"
        assert [one.sentence for one in found.findings if one.topic == "since"] == [
            f"Since then: {NAMES[0]} has taken back its endorsement."
        ]


def test_a_key_is_pinned_from_a_file_by_its_code_alone(case: Case) -> None:
    found = case.verify(case.pdf, "")
    judge = case.here.world.office("Griffie")
    with pytest.raises(DeskError, match="nothing was confirmed"):
        confirm_key(judge.desk, found.fingerprint, found.signer, "1" * 30)
    assert not judge.desk.store.pins()
    confirm_key(judge.desk, found.fingerprint, found.signer, found.code)
    assert verify(judge.desk, Untrusted("brief.pdf", case.pdf)).conclusion == "genuine"


def test_a_report_tells_everything_and_which_file(case: Case) -> None:
    found = case.verify(case.pdf)
    text = report_text(case.judge.desk, Untrusted("brief.pdf", case.pdf), found)
    assert all(line in text for line in lines(found))
    assert f"{len(case.pdf)} bytes" in text and "Tweede Kamer" in text and found.letter_code in text


# --- what a PDF carries


def test_attached_files_are_saved_beside_what_is_there(case: Case, tmp_path: Path) -> None:
    first = take_out(case.judge.desk, case.pdf, tmp_path)
    names = {path.name for path in first}
    assert {"genesis.crsv", "closing.crsv"} <= names
    again = take_out(case.judge.desk, case.pdf, tmp_path)
    assert not names & {path.name for path in again}
    assert {path.read_bytes() for path in first} == {path.read_bytes() for path in again}


def test_cancelling_leaves_none_of_them(case: Case, tmp_path: Path) -> None:
    def stop(step: Step) -> None:
        if step.done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        take_out(case.judge.desk, case.pdf, tmp_path, stop)
    assert not list(tmp_path.iterdir())


def test_no_files_is_a_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="No files are attached"):
        take_out(case.judge.desk, empty(), tmp_path)


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        (".bashrc", "bashrc"),
        ("..", "file-"),
        ("", "file-"),
        ("con.txt", "file-con.txt"),
        ("a\u202efdp.crsv", "a-fdp.crsv"),
        ("x" * 300 + ".crsv", "x" * 115 + ".crsv"),
    ],
)
def test_names_stay_in_their_folder(name: str, becomes: str) -> None:
    assert harmless(name) == becomes
