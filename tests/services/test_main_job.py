"""The main job through the real services: files between separate workspaces, one sealed PDF at the end."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from crsv_desk.domain.audit import openssl_commands
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.marks import Mark
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verify import verify
from tests.services.world import DRAWN, LEAD, World, coalition
from tests.tools import need

PARTNERS = ("Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen")


def picture(colour: str = "red") -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (200, 80), colour).save(output, "PNG")
    return output.getvalue()


def test_five_kinds_of_marks_in_one_sealed_pdf_that_a_stranger_can_check(tmp_path: Path) -> None:
    names = (*PARTNERS, "Netwerk Dadel")
    with coalition(tmp_path, names) as here:
        here.secretariat.endorse("all", mark=DRAWN, logo=picture())
        choices: list[dict[str, object]] = [
            {"mark": Mark("image", image=picture("blue"))},
            {"mark": Mark("typed")},
            {"mark": None},
            {"mark": DRAWN, "visible": "no-mark"},
        ]
        for name, choice in zip(names, choices, strict=True):
            visible = choice.pop("visible", "all")
            here.answered(name, here.partners[name].endorse(visible, **choice))  # type: ignore[arg-type]
        compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
        assert compiled.endorsements == 5
        stranger = here.world.office("Tweede Kamer")
        file = Untrusted("brief.pdf", compiled.pdf)
        without_code = verify(stranger.desk, file)
        assert without_code.whole and not without_code.whose
        with_code = verify(stranger.desk, file, here.secretariat.code)
        assert with_code.holds and with_code.pages == "the same"
        assert {row.organisation for row in with_code.endorsements} == {LEAD, *names}
        assert not verify(stranger.desk, file, here.partners[names[0]].code).whose


def test_the_secretariat_reads_files_in_any_order_and_any_number_of_times(tmp_path: Path) -> None:
    with coalition(tmp_path, PARTNERS) as here:
        files = [here.partners[name].endorse("all").data for name in PARTNERS]
        here.secretariat.endorse("all")
        first = here.secretariat.take(*reversed(files), b"not a packet", *files)
        assert [one.outcome for one in first].count("refused") == 1
        assert [one.outcome for one in first].count("held apart") == 2 * len(files)
        assert all(one.outcome != "new" for one in here.secretariat.take(*files))
        for name in PARTNERS:
            here.confirmed(name)
        assert {row.standing for row in here.secretariat.status().values()} == {"endorsed"}


def test_an_endorsement_counts_only_after_its_code_was_compared(tmp_path: Path) -> None:
    with coalition(tmp_path, PARTNERS[:1]) as here:
        here.secretariat.endorse("all")
        here.secretariat.take(here.partners[PARTNERS[0]].endorse("all").data)
        assert here.secretariat.status()[PARTNERS[0]].standing != "endorsed"
        with pytest.raises(DeskError):
            confirm(here.secretariat.desk, PARTNERS[0], "1" * 30)
        assert here.secretariat.status()[PARTNERS[0]].standing != "endorsed"
        here.confirmed(PARTNERS[0])
        assert here.secretariat.status()[PARTNERS[0]].standing == "endorsed"


def test_the_lead_endorses_before_anything_is_compiled(tmp_path: Path) -> None:
    with coalition(tmp_path, PARTNERS[:1]) as here, pytest.raises(DeskError, match=LEAD):
        compile_letter(here.secretariat.desk, here.secretariat.dossier)


def test_packets_travel_as_text_too(tmp_path: Path) -> None:
    with coalition(tmp_path, PARTNERS[:1]) as here:
        out = here.partners[PARTNERS[0]].endorse("all")
        text = here.secretariat.desk.packets.to_text(out.data)
        mail = f"Geachte collega,\r\n\r\nZie onder.\r\n{text.replace(chr(10), chr(13) + chr(10))}\r\nGroet".encode()
        assert [one.outcome for one in here.secretariat.take(mail)] == ["held apart"]


def test_a_letter_of_a_stranger_collects_no_names(tmp_path: Path) -> None:
    """A forged letter under the secretariat's name with a stranger's age recipient: sealing waits for the code."""
    world = World(tmp_path)
    try:
        forger = world.secretariat()

        file = publish(forger.desk, forger.dossier)
        victim = world.partner("Stichting Ananas", file, forger, trusting=False)
        for visible in ("none", "organisation"):
            with pytest.raises(DeskError):
                victim.endorse(visible)  # type: ignore[arg-type]
        assert not victim.desk.store.documents(forger.dossier, "outbox")
    finally:
        world.close()


def test_every_attached_packet_passes_the_printed_openssl_commands(tmp_path: Path) -> None:
    for tool in ("openssl", "unzip", "pdfdetach", "pdftotext"):
        need(tool)
    with coalition(tmp_path, PARTNERS) as here:
        here.signed()
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
    path = tmp_path / "combined.pdf"
    path.write_bytes(pdf)
    attached = tmp_path / "attached"
    attached.mkdir()
    subprocess.run(["pdfdetach", "-saveall", "-o", str(attached), str(path)], check=True)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    packets = sorted(attached.glob("*.crsv"))
    first = next(one.name for one in packets if one.name.startswith("endorsement"))
    lines = {line.strip() for line in printed.splitlines()}
    for command in openssl_commands(first):
        assert command in lines, command
    for packet in packets:
        folder = tmp_path / "checked" / packet.stem
        folder.mkdir(parents=True)
        (folder / packet.name).write_bytes(packet.read_bytes())
        script = "set -e\n" + "\n".join(openssl_commands(packet.name))
        done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        statement = folder / "statement.json"
        statement.write_bytes(statement.read_bytes() + b" ")
        again = subprocess.run(
            ["bash", "-c", openssl_commands(packet.name)[-1]], cwd=folder, check=False, capture_output=True
        )
        assert again.returncode != 0


def test_pdfsig_and_qpdf_agree(tmp_path: Path) -> None:
    for tool in ("pdfsig", "qpdf"):
        need(tool)
    with coalition(tmp_path, PARTNERS[:2]) as here:
        here.signed()
        path = tmp_path / "combined.pdf"
        path.write_bytes(compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf)
    report = subprocess.run(["pdfsig", str(path)], check=False, capture_output=True, text=True).stdout
    assert "Signature Validation: Signature is Valid." in report
    assert "Total document signed" in report
    assert re.search(r"Signature Type: ETSI.CAdES.detached", report)
    checked = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
