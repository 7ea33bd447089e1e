"""The way in: the window without a verb, a verb's function otherwise, and an exit code for every ending."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from crsv_desk import i18n
from crsv_desk.app.reports import save_report
from crsv_desk.cli.parser import VERBS, parser
from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.i18n import _

UNEXPECTED = 4
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done; 1 the check says no, or refused; 2 wrong usage; 3 the workspace
    cannot be opened; 4 anything unexpected (a report is saved and its place printed)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    i18n.use(i18n.system_language())
    as_json = "--json" in arguments
    try:
        if _wants_window(arguments):
            from crsv_desk.ui.application import run  # the only way to Qt; the verbs never load it

            return run(arguments)
        return _run(parser().parse_args(arguments))
    except DeskError as error:
        return _failed(str(error), error.exit_code, as_json)
    except (Cancelled, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        path = save_report(error)
        sentence = _("Something went wrong that should not have; a report without names is in {path}.")
        return _failed(sentence.format(path=path), UNEXPECTED, as_json)


def _run(parsed: Namespace) -> int:
    """One verb, and the end of its workspace."""
    from crsv_desk.cli.context import Context  # every adapter comes with it; help needs none

    module, name = parsed.run.split(".")
    verb = getattr(import_module(f"crsv_desk.cli.{module}"), name)
    with Context(parsed) as context:
        code: int = verb(context)
        return code


def _failed(sentence: str, code: int, as_json: bool) -> int:
    """Say why there is no result: to people, and as the one JSON document that a script waits for."""
    print(sentence, file=sys.stderr)
    if as_json:
        print(json.dumps({"error": sentence, "code": code}, ensure_ascii=False))
    return code


def _wants_window(arguments: Sequence[str]) -> bool:
    """No verb: nothing but files to open, and perhaps the workspace."""
    rest = list(arguments)
    while rest and rest[0].split("=")[0] == "--workspace":
        rest = rest[1 if "=" in rest[0] else 2 :]
    if any(one in VERBS or one.startswith("-") for one in rest[:1]):
        return False
    return not rest or all(Path(one).exists() for one in rest)
