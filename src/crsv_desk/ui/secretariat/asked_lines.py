"""Organisations as people type them: one a line, a country behind a semicolon."""

from __future__ import annotations

import csv
import io

from PySide6.QtWidgets import QPlainTextEdit


def lines(box: QPlainTextEdit) -> tuple[str, ...]:
    """The lines that are not empty."""
    return tuple(line.strip() for line in box.toPlainText().split("\n") if line.strip())


def as_line(name: str, country: str) -> str:
    """The reverse of ``from_line``."""
    return f"{name}; {country}" if country else name


def from_line(line: str) -> tuple[str, str]:
    """Organisation and country. Not a comma: it stands in many a name. Cells of a spreadsheet are pasted with a tab."""
    name, _sign, country = line.replace("\t", ";").rpartition(";") if ";" in line or "\t" in line else (line, "", "")
    return name.strip(), country.strip()


def as_table(box: QPlainTextEdit) -> bytes:
    """All lines as a table of partners, to be checked like one that was opened; an empty line stays one."""
    table = io.StringIO("sep=;\n")
    table.seek(0, io.SEEK_END)
    csv.writer(table, delimiter=";").writerows(from_line(line) for line in box.toPlainText().split("\n"))
    return table.getvalue().encode()
