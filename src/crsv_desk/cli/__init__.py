"""The command line: one sub-command per service, text and JSON output, exit codes."""
