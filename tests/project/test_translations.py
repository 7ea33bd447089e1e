"""Every word for people is there in Dutch and French, and what the paper says in Arabic; the catalogues follow the source."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Message

ROOT = Path(__file__).parents[2]


def test_every_message_is_translated() -> None:
    command = [sys.executable, "packaging/catalogues.py", "--check"]
    check = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def catalogues() -> ModuleType:
    spec = spec_from_file_location("catalogues", ROOT / "packaging" / "catalogues.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_the_paper_says_is_told_apart_from_what_the_program_says() -> None:
    found = catalogues()
    ids = {message.id for message in found.said_by_the_paper() if message.id}
    assert ids < {message.id for message in found.extracted() if message.id}
    assert {"Signatories", "Page {page} of {pages}", "{count} by e-mail", "Erratum", "Reply sheet"} <= ids
    assert {"Endorsement by {organisation}", "Withdrawal by {organisation}"} <= ids
    assert {"Example before signing: not signed by anybody", "HH:mm 'UTC'"} <= ids
    # Sentences of the program's own, in modules of the paper and of the services too.
    assert not ids & {"It stands in a picture.", "Saving", "The seal does not hold.", "Fill in {what}."}
    assert 100 < len(ids) < 250


@pytest.mark.parametrize(
    ("message", "forms", "problem"),
    [
        (Message("Page {page}", "صفحة {page}"), 6, ""),
        (Message("Page {page}", ""), 6, "not translated"),
        (Message("Page {page}", "صفحة {pages}"), 6, "other fields"),
        (Message(("{count} name", "{count} names"), ("{count}",) * 6), 6, ""),
        (Message(("{count} name", "{count} names"), ("{count}",) * 2), 6, "not 6 forms"),
        (Message(("{count} name", "{count} names"), ("{count}", "", "{count}")), 3, "not translated"),
    ],
)
def test_what_a_translator_forgot_is_told(message: Message, forms: int, problem: str) -> None:
    found = list(catalogues().problems_of(message, forms))
    assert len(found) == bool(problem) and all(one.startswith(problem) for one in found)


def test_the_catalogue_of_the_paper_follows_its_source() -> None:
    found = catalogues()
    assert list(found.bring_up_to_date("ar", found.said_by_the_paper(), check=True)) == []
