"""The command line: one sub-command per service, text and JSON output, exit codes."""

from crsv_desk.cli.main import main

__all__ = ["main"]
