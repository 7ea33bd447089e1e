"""What taking files in costs: endorsements, each a file by a key of its own, received at once by the secretariat, and the
openings of all of them received by a partner. Against only verifying the same packets; and the cost of each when there
are more, which should not grow.

    python -m benchmarks.receive [--counts 250 500 1000 2000]
"""

from __future__ import annotations

import argparse
import secrets
import tempfile
import time
from pathlib import Path

from benchmarks.measure import alone
from benchmarks.packets import MARK, TIME, statement_and_files
from crsv_desk.app.compose import assemble
from crsv_desk.certificates import profile
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import Endorsement, Reservation, Signing, Visibility, encode
from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import new_letter
from crsv_desk.services.identity import create_identity
from crsv_desk.services.overview import status
from crsv_desk.services.ports import Signer
from crsv_desk.services.publish import issue_roster, letter_file_for_partners, publish
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.storage import Workspace

LETTER = b"---\nsubject: Brief\nlanguage: nl\nlead: Platform\n---\n\nEen alinea.\n"


def office(folder: Path, organisation: str) -> Desk:
    desk = assemble(Workspace.create(folder, secrets.token_bytes(32)))
    create_identity(desk, organisation, "Voorbeeld 1", "directeur")
    return desk


def endorsement(number: int, dossier: str, letter: str, signer: Signer, desk: Desk, logo: bytes = b"") -> bytes:
    _statement, files = statement_and_files(number, signer.certificate)
    files["logo.png"] = logo or files["logo.png"]
    statement = Endorsement(
        dossier=dossier, signer=signer.certificate.fingerprint, time=TIME, nonce=f"{number:064x}", seen=(letter,),
        files={name: identifier(data) for name, data in files.items()}, letter=letter,
        organisation=signer.certificate.organisation, people=(Signing("Voorbeeld 1", "directeur"),), acting="self",
        mandate="", reservation=Reservation("", False), members=(), corrections=False, mark="strokes", logo="logo.png",
        visibility=Visibility("shown", "shown", "shown", "shown"), replaces=(), reply="",
    )  # fmt: skip
    return desk.packets.build(encode(statement), files, TIME, signer)


def seconds(function: object, *arguments: object) -> float:
    profile.read.cache_clear()
    started = time.process_time()
    function(*arguments)  # type: ignore[operator]
    return time.process_time() - started


def work(count: int) -> dict[str, float]:
    """Seconds by step."""
    with tempfile.TemporaryDirectory() as place:
        desk = office(Path(place) / "secretariat", "Platform")
        dossier = new_letter(desk, LETTER, "letter.md").dossier
        publish(desk, dossier)
        volume = open_volume(desk, dossier)
        assert volume.state.current is not None
        signers = [desk.keys.new(f"Organisatie {number:04d}") for number in range(count)]
        openings = [
            Opening(
                one.certificate.organisation,
                "NL",
                (one.certificate.fingerprint,),
                0,
                "voice",
                "2026-05-20",
                f"{n:064x}",
            )
            for n, one in enumerate(signers)
        ]
        issue_roster(desk, volume, openings)
        letter = letter_file_for_partners(desk, dossier)
        packets = [
            endorsement(number, dossier, volume.state.current.id, signer, desk) for number, signer in enumerate(signers)
        ]
        files = [Untrusted(f"{number}.crsv", data) for number, data in enumerate(packets)]
        steps = {"verify": seconds(lambda: [desk.packets.read(data) for data in packets])}
        steps["receive"] = seconds(receive, desk, files)
        assert len([row for row in status(desk, dossier) if row.standing == "endorsed"]) == count
        steps["again"] = seconds(receive, desk, files)
        one_more = Untrusted("one.crsv", endorsement(count, dossier, volume.state.current.id, signers[0], desk))
        steps["one more"] = seconds(receive, desk, [one_more]) * count
        desk.store.close()
        partner = office(Path(place) / "partner", "Organisatie 0000")
        receive(partner, [Untrusted("letter.crsv", letter)])
        handed = [Untrusted("openings", partner.packets.bundle(one.encode() for one in openings))]
        steps["openings"] = seconds(receive, partner, handed)
        assert len(open_volume(partner, dossier).state.members) == count
        partner.store.close()
        return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[250, 500, 1_000, 2_000])
    options = parser.parse_args()
    print(f"Microseconds of the processor for each file ({len(MARK)} bytes of mark, a logo); memory in MB")
    names = ("verify", "receive", "again", "one more", "openings")
    print(f"  {'files':>6}" + "".join(f"{name:>12}" for name in names) + f"{'receive/verify':>16}{'peak':>8}")
    for count in options.counts:
        steps, _seconds, peak = alone(work, count)
        each = "".join(f"{steps[name] / count * 1e6:>12,.0f}" for name in names)
        print(f"  {count:>6}{each}{steps['receive'] / steps['verify']:>16.1f}{peak:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
