"""A director who has never seen the program reads, signs and saves the answer, without a mouse."""

from __future__ import annotations

from pathlib import Path

from crsv_desk.services.confirm import candidates, confirm
from crsv_desk.services.publish import publish
from tests.e2e.office import screen, until
from tests.services.world import LEAD, World


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
        desktop.tab_to("Draw")
        desktop.press("Right")
        desktop.hear_part("Your name in letters stands as your signature")
        desktop.tab_to("Name, role and organisation")
        desktop.press("space")
        desktop.tab_to("I may sign on behalf of Stichting Ananas.")
        desktop.press("space")
        until(lambda: "enabled" in desktop.hear("As text")["states"], "the preview")
        desktop.tab_to("As text")
        desktop.press("space")
        desktop.hear_part("Anna Appel")
        desktop.picture("4-sign")
        desktop.press("ctrl+Return")
        desktop.hear("Your answer is ready")
        assert not any("was compared" in one for one in desktop.everything())  # told two pages ago
        desktop.picture("5-send")
        desktop.press("ctrl+Return")
        desktop.hear_part("Save your answer")
        desktop.press("ctrl+a")
        answer = tmp_path / "answer.crsv"
        desktop.type(str(answer))
        desktop.press("Return")
        desktop.hear_part("Saved and checked")
        desktop.picture("6-saved")
        desktop.close(program)
    [verdict] = secretariat.take(answer.read_bytes())
    assert (verdict.outcome, verdict.kind, verdict.organisation) == ("held apart", "endorsement", "Stichting Ananas")
    [code] = [one.code for one in candidates(secretariat.desk) if one.organisation == "Stichting Ananas"]
    confirm(secretariat.desk, "Stichting Ananas", code)
    assert secretariat.status()["Stichting Ananas"].words == "endorsed"
