"""The three editions: what each carries, to whom it goes, and what a check says of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.paper import Edition
from crsv_desk.services.closing import close
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.compile import Compiled, compile_letter, save_compiled
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import decrypted, verify, verify_all
from tests.services.judged import Judged
from tests.services.world import coalition
from tests.tools import need

OPEN, HIDDEN, PARTLY = "Stichting Ananas", "Netwerk Overlevenden Oost", "Vereniging Bosbes"


class Case(Judged):
    def compile(self, edition: Edition) -> Compiled:
        return compile_letter(self.here.secretariat.desk, self.here.secretariat.dossier, edition)

    def verify_all(self, *files: tuple[str, bytes]) -> list[Verification]:
        return list(verify_all(self.judge.desk, [Untrusted(*file) for file in files], self.here.secretariat.code))

    def belonging(self, edition: Edition) -> dict[str, bytes]:
        return {one.name: one.data for one in self.letter(edition).attachments}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("coalition"), (OPEN, HIDDEN, PARTLY)) as here:
        here.signed([OPEN])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        here.answered(PARTLY, here.partners[PARTLY].endorse("organisation"))
        yield Case(here, here.world.office("Tweede Kamer"))


def attached(pdf: bytes, folder: Path) -> dict[str, bytes]:
    (folder / "file.pdf").write_bytes(pdf)
    with pikepdf.open(folder / "file.pdf") as document:
        return {name: one.get_file().read_bytes() for name, one in document.attachments.items()}


def test_the_public_edition_carries_exactly_what_the_format_says(case: Case, tmp_path: Path) -> None:
    found = attached(case.compile("public").pdf, tmp_path)
    volume = case.here.secretariat.volume()
    kinds = sorted(name.split(".")[0].rstrip("0123456789-").split("-0")[0].split("-")[0] for name in found)
    assert kinds == ["closing", "endorsement", "endorsement", "endorsement", "genesis", "letter", "opening", "opening",
                     "opening", *["roster"] * len(volume.state.rosters)]  # fmt: skip
    assert not any("sealed" in name or "disclosure" in name for name in found)


def test_the_slim_edition_carries_nothing_and_its_file_exactly_that(case: Case, tmp_path: Path) -> None:
    slim = case.compile("slim")
    assert attached(slim.pdf, tmp_path) == {}
    members = case.here.secretariat.desk.packets.members(slim.beside)
    belonging = case.belonging("slim")
    assert sorted(members) == sorted(belonging.values())
    assert {name.rsplit(".", 1)[0] for name in belonging} == {
        name.rsplit(".", 1)[0] for name in attached(case.compile("public").pdf, tmp_path)
    }
    assert len(slim.pdf) < len(case.compile("public").pdf)


def test_the_slim_edition_is_checked_with_the_file_beside_it(case: Case) -> None:
    slim = case.compile("slim")
    [found] = case.verify_all(("brief.pdf", slim.pdf), ("brief.crsv", slim.beside))
    assert found.holds and found.edition == "slim" and found.pages == "the same"
    assert any("brief.crsv" in one.sentence for one in found.findings)
    assert found.endorsements and found.withheld == 1


def test_the_slim_edition_alone_says_what_it_lacks(case: Case) -> None:
    slim = case.compile("slim")
    [found] = case.verify_all(("brief.pdf", slim.pdf))
    assert not found.holds
    assert "together with the .crsv file" in found.verdict


@pytest.mark.parametrize("how", ["another edition's", "missing", "added", "swapped"])
def test_the_file_beside_it_is_exactly_the_one_that_belongs(case: Case, how: str) -> None:
    slim, packets = case.compile("slim"), case.here.secretariat.desk.packets
    members = list(packets.members(slim.beside))
    endorsement = next(one for one in members if b'"type":"endorsement"' in one)
    if how == "another edition's":
        beside = packets.bundle(case.belonging("public").values())
    elif how == "missing":
        beside = packets.bundle(one for one in members if one != endorsement)
    else:
        other = case.here.partners[OPEN].endorse("all").data
        rest = [one for one in members if one != endorsement] if how == "swapped" else members
        beside = packets.bundle([*rest, *([other] if packets.kind(other) == "packet" else packets.members(other))])
    found = case.verify_all(("brief.pdf", slim.pdf), ("brief.crsv", beside))[0]
    assert not found.holds


def test_a_slim_closing_inside_a_pdf_is_no_slim_edition(case: Case) -> None:
    """The statements of the slim edition, attached all the same by whoever seals."""
    desk = case.here.secretariat.desk
    closing = close(desk, case.here.secretariat.dossier, "slim")
    material = Material(case.here.secretariat.volume(), closing, {})
    letter = combine(desk, material)
    pages = desk.paper.typeset(replace(letter, edition="public"), lambda step: None)
    sealed = desk.paper.seal(pages, own_identity(desk).signer, material.statement.time)
    [found] = case.verify_all(("brief.pdf", sealed))
    assert not found.holds


def test_saving_a_slim_edition_leaves_two_files(case: Case, tmp_path: Path) -> None:
    slim = case.compile("slim")
    assert save_compiled(case.here.secretariat.desk, slim, tmp_path / "brief.pdf") == [
        tmp_path / "brief.crsv", tmp_path / "brief.pdf",
    ]  # fmt: skip
    assert (tmp_path / "brief.crsv").read_bytes() == slim.beside
    with pytest.raises(UsageError):
        save_compiled(case.here.secretariat.desk, slim, tmp_path / "brief.crsv")


def test_the_full_edition_goes_to_its_reader_alone(case: Case, tmp_path: Path) -> None:
    desk, reader = case.here.secretariat.desk, case.judge.desk
    full = case.compile("full")
    key = reader.sealing.recipient(own_identity(reader).age_secret)
    [path] = save_compiled(desk, full, tmp_path / "vol.pdf", key)
    assert path.name == "vol.pdf.age" and [one.name for one in tmp_path.iterdir()] == ["vol.pdf.age"]
    encrypted = path.read_bytes()
    assert b"%PDF" not in encrypted and HIDDEN.encode() not in encrypted
    assert decrypted(reader, encrypted) == full.pdf
    [found] = case.verify_all(("vol.pdf.age", encrypted))
    assert found.holds and found.edition == "full" and HIDDEN in {one.organisation for one in found.endorsements}
    assert verify(case.here.partners[OPEN].desk, Untrusted("vol.pdf.age", encrypted)).verdict.startswith(
        "This file is encrypted for somebody else"
    )


def test_only_a_full_edition_is_encrypted_and_only_to_a_key(case: Case, tmp_path: Path) -> None:
    key = case.judge.desk.sealing.recipient(own_identity(case.judge.desk).age_secret)
    desk = case.here.secretariat.desk
    for edition, reader in (("public", key), ("full", "age1nonsense")):
        with pytest.raises(UsageError):
            save_compiled(desk, case.compile(edition), tmp_path / "brief.pdf", reader)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_statements_beside_a_slim_edition_are_checked_as_its_page_says(case: Case, tmp_path: Path) -> None:
    """With unzip and openssl alone."""
    for tool in ("unzip", "openssl", "pdftotext"):
        need(tool)
    slim = case.compile("slim")
    (tmp_path / "brief.pdf").write_bytes(slim.pdf)
    (tmp_path / "brief.crsv").write_bytes(slim.beside)
    subprocess.run(["unzip", "-q", "brief.crsv"], cwd=tmp_path, check=True)
    text = subprocess.run(
        ["pdftotext", "-layout", "brief.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    printed = text.stdout.replace("\n", " ")
    named = [path.name for path in tmp_path.glob("*.crsv") if len(path.stem) == 64 and path.stem[:30] in printed]
    assert len(named) == 1
