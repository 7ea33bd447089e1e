"""The secretariat writes, publishes, signs, receives, confirms and compiles, without a mouse."""

from __future__ import annotations

import subprocess
from pathlib import Path

from crsv_desk.services.answering import save_outgoing
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verify import verify
from tests.e2e.office import Screen, screen
from tests.services.world import Office, World
from tests.tools import need

LEAD, PARTNER = "Platform Vrede", "Stichting Ananas"


def test_a_letter_is_written_published_answered_and_sealed_by_keyboard(tmp_path: Path) -> None:
    letter, answer, pdf = tmp_path / "letter.crsv", tmp_path / "answer.crsv", tmp_path / "combined.pdf"
    with screen(tmp_path / "home") as desktop:
        program = desktop.open("--workspace", str(tmp_path / "workspace"))
        _say_who(desktop)
        _write(desktop, letter)
        _sign_too(desktop)
        partner = _answer(tmp_path, letter, answer)
        _receive(desktop, answer)
        _compile(desktop, pdf)
        desktop.close(program)
    found = verify(partner.desk, Untrusted(pdf.name, pdf.read_bytes()))
    assert found.whole and [one.organisation for one in found.endorsements] == [LEAD, PARTNER]
    said = subprocess.run([need("pdfsig"), str(pdf)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said and "Total document signed" in said


def _say_who(desktop: Screen) -> None:
    desktop.hear("Your name")
    desktop.tab_to("Organisation")
    desktop.type(LEAD)
    desktop.press("alt+n")
    desktop.type("Anna Appel")
    desktop.press("alt+r")
    desktop.type("directeur")
    desktop.press("Return")
    desktop.hear("Good day, Anna Appel")


def _write(desktop: Screen, file: Path) -> None:
    desktop.press("alt+n")
    desktop.hear("New letter")
    desktop.type("Over veilige terugkeer")
    desktop.press("Tab")
    desktop.type("Geachte leden,")
    desktop.press("Tab")
    desktop.type("Hoogachtend,")
    desktop.press("alt+x")
    desktop.type("Wij vragen om bescherming, en wij vragen die nu.")
    desktop.tab_to("Words", "shift+Tab")
    desktop.press("Right")
    desktop.hear("Organisations that are asked, one a line")
    desktop.press("alt+k")
    desktop.type(PARTNER)
    desktop.press("ctrl+Return")
    desktop.hear("The letter can be published.")
    desktop.picture("s1-publish")
    desktop.press("ctrl+Return")
    _save(desktop, file)
    desktop.hear_part("and read back. Send this file")
    desktop.picture("s2-published")


def _sign_too(desktop: Screen) -> None:
    """Whoever leads a letter signs it as well; the page that compiles leads there."""
    desktop.tab_to("Compile")
    desktop.press("space")
    desktop.hear(f"{LEAD} has not signed yet")
    desktop.picture("s3-compile")
    desktop.tab_to("Go there")
    desktop.press("space")
    desktop.hear("Sign on behalf of your organisation")
    desktop.tab_to("Draw")
    desktop.press("Right")
    desktop.tab_to("Name, role and organisation")
    desktop.press("space")
    desktop.tab_to(f"I may sign on behalf of {LEAD}.")
    desktop.press("space")
    desktop.press("ctrl+Return")
    desktop.hear("Your answer counts already")
    desktop.picture("s4-signed")


def _answer(folder: Path, letter: Path, file: Path) -> Office:
    """What a partner sends back."""
    partner = World(folder / "partner").office(PARTNER, "Bart Braam")
    partner.take(letter.read_bytes())
    partner.dossier = partner.desk.store.dossiers()[0]
    save_outgoing(partner.desk, partner.endorse("all"), file)
    return partner


def _receive(desktop: Screen, file: Path) -> None:
    desktop.press("ctrl+o")
    _save(desktop, file)
    desktop.hear_part("1 file was taken in")
    desktop.tab_to("Phone check")
    desktop.picture("s5-received")
    desktop.press("space")
    desktop.hear(f"Call {PARTNER} and compare the digits")
    desktop.tab_to("Both codes are the same")
    desktop.press("space")
    desktop.hear_part("was compared; from now on you know")


def _compile(desktop: Screen, file: Path) -> None:
    desktop.press("alt+l")
    desktop.hear("2 of 2 have signed")
    desktop.picture("s6-home")
    desktop.tab_to("See the answers")
    desktop.press("space")
    desktop.tab_to("Compile")
    desktop.press("space")
    desktop.tab_to("For everybody")
    desktop.press("space")
    desktop.hear_part("Not on the screen yet")
    desktop.picture("s7-pages")
    desktop.tab_to("Larger")
    desktop.press("Tab")
    for _page in range(12):
        desktop.press("Next")
    desktop.hear("All were on the screen.")
    desktop.tab_to("I have looked at all pages.")
    desktop.press("space")
    desktop.press("ctrl+Return")
    _save(desktop, file)
    desktop.hear("Sealed, saved, and read back")
    desktop.picture("s8-sealed")


def _save(desktop: Screen, file: Path) -> None:
    """Name a file in the dialog of the system."""
    desktop.hear("File name:")
    desktop.press("ctrl+a")
    desktop.type(str(file))
    desktop.press("Return")
