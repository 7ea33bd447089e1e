"""init, identity."""

from __future__ import annotations

import getpass
import sys

from crsv_desk.app.places import passphrase_file
from crsv_desk.cli.context import Context
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_, _
from crsv_desk.identity.vault import keyring_works, passphrase_from_file
from crsv_desk.services.colleague import own_card
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import Identity, checked, create_identity, own_identity


def init(context: Context) -> int:
    """Make the workspace and its identity."""
    arguments = context.arguments
    names = checked(arguments.organisation, arguments.person, arguments.role)  # before anything is made
    desk = context.new_desk(lambda: _new_passphrase(context))
    own = create_identity(desk, *names)
    _show(context, own, desk)
    return 0


def identity(context: Context) -> int:
    """Who this workspace speaks for; and its card, for a colleague of the same secretariat."""
    if context.arguments.card is not None:
        context.save(context.arguments.card, own_card(context.desk))
    _show(context, own_identity(context.desk), context.desk)
    return 0


def _show(context: Context, own: Identity, desk: Desk) -> None:
    recipient = desk.sealing.recipient(own.age_secret)
    value = {
        "organisation": own.organisation,
        "person": own.person,
        "role": own.role,
        "code": own.code,
        "fingerprint": own.fingerprint,
        "recipient": recipient,
        "workspace": context.folder,
    }
    context.print(
        value,
        lambda: [
            _("Organisation: {name}").format(name=own.organisation),
            _("Person: {name}, {role}").format(name=own.person, role=own.role),
            _("Code to read aloud: {code}").format(code=own.code),
            _("Fingerprint: {fingerprint}").format(fingerprint=own.fingerprint),
            _("Key to encrypt to: {key}").format(key=recipient),
        ],
    )


def _new_passphrase(context: Context) -> str | None:
    """From the file that was named; none where the keyring works; else typed twice."""
    path = context.arguments.passphrase_file or passphrase_file()
    if path is not None:
        return passphrase_from_file(path)
    if keyring_works() or not sys.stdin.isatty():
        return None
    first = getpass.getpass(_("New passphrase: "), stream=sys.stderr)
    if first != getpass.getpass(_("The same again: "), stream=sys.stderr):
        raise WorkspaceError(N_("The two passphrases differ; nothing was made."))
    return first
