"""A director who has never seen the program reads, signs and saves the answer, without a mouse."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.office import screen
from tests.services.world import LEAD, World, publish


def test_a_director_reads_signs_and_saves_by_keyboard(tmp_path: Path) -> None:
    world = World(tmp_path / "offices")
    secretariat = world.secretariat(partners=["Stichting Ananas"])
    letter = tmp_path / "letter.crsv"
    letter.write_bytes(publish(secretariat.desk, secretariat.dossier))
    with screen(tmp_path / "home") as desktop:
        workspace = tmp_path / "workspace"
        program = desktop.open("--workspace", str(workspace), str(letter))
        desktop.hear("Your name")
        desktop.picture("1-first")
        desktop.tab_to("Organisation")
        desktop.type("Stichting Ananas")
        desktop.press("alt+n")
        desktop.type("Anna Appel")
        desktop.press("alt+r")
        desktop.type("directeur")
        desktop.press("Return")
        desktop.hear("With this text")
        desktop.hear_part("1 file was taken in")
        desktop.picture("2-read")
        desktop.tab_to("Phone check")
        desktop.press("Return")
        desktop.hear(f"Call {LEAD} and compare the digits")
        desktop.picture("3-code")
        desktop.tab_to("Both codes are the same")
        desktop.press("space")
        desktop.hear_part("was compared; from now on you know")
        desktop.press("ctrl+Return")
        desktop.hear("Sign on behalf of your organisation")
        desktop.tab_to("Type")
        desktop.press("space")
        desktop.picture("4-sign")
        print(desktop.everything(), desktop.focus())
        desktop.close(program)
