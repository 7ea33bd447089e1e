"""Bring the catalogues of translations up to date with the source: catalogues.py [--check]

For each language ``resources/translations/LANG/LC_MESSAGES`` gets the source's messages in ``crsv-desk.po``, with the
translations they had, and the compiled ``crsv-desk.mo``. ``--check`` writes nothing and says what is not as it should
be: a message without translation, a {field} that only one of the two has, a plural form too few or too many, a file that
does not follow the source.

A letter is set in more languages than the program speaks: of those in ``OF_THE_PAPER`` a catalogue holds only what the
paper says in the letter's language.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("nl", "fr")
OF_THE_PAPER = ("ar",)
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes whenever it is made


def main() -> int:
    """Update, or check; 1 when something is missing."""
    check = "--check" in sys.argv[1:]
    templates = {**dict.fromkeys(LANGUAGES, extracted()), **dict.fromkeys(OF_THE_PAPER, said_by_the_paper())}
    problems = [one for language, template in templates.items() for one in bring_up_to_date(language, template, check)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def extracted() -> Catalog:
    """Every message of the source, with the comments for translators before it."""
    catalogue = Catalog()
    source = extract_from_dir(ROOT / "src", keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True)
    for _file, _line, message, comments, _context in source:
        catalogue.add(message, auto_comments=comments)
    return catalogue


def said_by_the_paper() -> Catalog:
    """The messages that are said in the letter's language: by ``gettext`` of its own words, under whatever name."""
    catalogue = Catalog()
    for path in sorted((ROOT / "src").rglob("*.py")):
        with path.open("rb") as source:
            found = extract("python", source, letters_own(path), ["Translators:"], strip_comment_tags=True)
            for _line, message, comments, _context in found:
                catalogue.add(message, auto_comments=comments)
    return catalogue


def letters_own(path: Path) -> dict[str, tuple[int, ...] | None]:
    """The functions by which a module speaks the letter's language. ``_`` and ``ngettext`` speak the interface's where
    they are taken from ``i18n``; elsewhere a letter's ``Wording`` has lent its own under these names."""
    found: dict[str, tuple[int, ...] | None] = {"gettext": None, "_": None, "ngettext": (1, 2)}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module == "crsv_desk.i18n":
            for name in node.names:
                found.pop(name.name, None)
    return found


def bring_up_to_date(language: str, template: Catalog, check: bool) -> Iterator[str]:
    """Write both files of a language, or compare them; yields what is wrong."""
    path = FOLDER / language / "LC_MESSAGES" / "crsv-desk.po"
    catalogue = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        if message.id:
            yield from (f"{language}: {problem}" for problem in problems_of(message, catalogue.num_plurals))
    for file, data in {path: text_of(catalogue), path.with_suffix(".mo"): compiled(catalogue)}.items():
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        elif not file.exists() or file.read_bytes() != data:
            yield f"{file.relative_to(ROOT)} does not follow the source; make translations brings it up to date"


def problems_of(message: Message, forms: int) -> Iterator[str]:
    """What a translator still has to do about one message of a language with so many plural forms."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    strings = message.string if isinstance(message.string, list | tuple) else (message.string or "",)
    if not strings or not all(strings):
        yield f"not translated: {ids[0]}"
    elif len(ids) > 1 and len(strings) != forms:
        yield f"not {forms} forms: {ids[0]}"
    elif fields(*ids) != fields(*strings):
        yield f"other fields in: {ids[0]}"


def fields(*texts: str) -> set[str | None]:
    """The {fields} that stand in any of ``texts``."""
    return {name for text in texts for _text, name, _form, _conversion in string.Formatter().parse(text)} - {None}


def text_of(catalogue: Catalog) -> bytes:
    """The .po file: sorted, without a heading that changes by itself."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, omit_header=True, ignore_obsolete=True, no_location=True)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file, without what is not translated yet."""
    done = Catalog(
        locale=catalogue.locale, project="CRSV Desk", version="1", creation_date=BEGINNING, revision_date=BEGINNING,
        copyright_holder="CRSV Desk", msgid_bugs_address="-", last_translator="-", language_team="-", fuzzy=False,
    )  # fmt: skip
    for message in catalogue:
        if message.id and not any(problems_of(message, catalogue.num_plurals)):
            done.add(message.id, message.string)
    stream = io.BytesIO()
    write_mo(stream, done)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
