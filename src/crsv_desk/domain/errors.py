"""The errors a person can do something about. Each carries its own sentence; anything else is ours."""

from __future__ import annotations

from crsv_desk import i18n


class DeskError(Exception):
    """What happened and what to do, in one sentence that a director understands.

    ``message`` is an English msgid with {fields}; ``str(error)`` is the sentence in the interface's language.
    """

    exit_code = 1

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields

    def __str__(self) -> str:
        return i18n._(self.message).format(**self.fields)


class Refused(DeskError):
    """Something from outside was refused, and nothing of it is kept."""


class UsageError(DeskError):
    """What was asked cannot be asked this way."""

    exit_code = 2


class WorkspaceError(DeskError):
    """The workspace cannot be opened."""

    exit_code = 3


class Cancelled(Exception):
    """The person asked for the work to stop. Not an error: nothing is shown."""
