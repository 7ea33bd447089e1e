"""demo."""

from __future__ import annotations

from crsv_desk.app.demo import run_demo
from crsv_desk.app.places import passphrase_file
from crsv_desk.cli.checks import document
from crsv_desk.cli.context import Context
from crsv_desk.i18n import _
from crsv_desk.identity.vault import passphrase_from_file
from crsv_desk.services.telling import lines as verification_lines


def demo(context: Context) -> int:
    """The main job, and the check of its result."""
    given = context.arguments.passphrase_file or passphrase_file()
    compiled = run_demo(
        context.arguments.out,
        context.note,
        withhold=context.arguments.withhold,
        passphrase=passphrase_from_file(given) if given else "",
    )
    context.note(_("Saved: {path}").format(path=context.arguments.out / "combined.pdf"))
    context.print(document(compiled.verification), lambda: ["", *verification_lines(compiled.verification)])
    return 0 if compiled.verification.holds else 1
