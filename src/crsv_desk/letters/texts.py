"""The letters' text as the services see it.

Reading a text is needed always; what only drafting and comparing need is loaded when they first do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.changes import BlockChange, Run
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.fair_copy import FairCopy
from crsv_desk.domain.irregularities import Irregularity
from crsv_desk.domain.source import Source
from crsv_desk.i18n import N_
from crsv_desk.letters import block_ids, markdown

_CONTAINERS = r"(?:[ \t>]|(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]+|$))*"
"""What stands before the words of a line: quotes, items, indentation (CommonMark 0.31.2, section 5)."""


class LetterTexts:
    """Satisfies the services' ``Letters``."""

    def read(self, untrusted_data: bytes, name: str) -> Source:
        """Markdown with front matter, plain text, .docx or .odt, told apart by content. Raises ``Refused``."""
        from crsv_desk.letters import taking_in

        return taking_in.take_in(untrusted_data, name)

    def blocks(self, markdown_text: str, ids: Sequence[str] = ()) -> tuple[Block, ...]:
        """Parse CommonMark. ``ids`` name the blocks; without, they are derived. Raises ``Refused``: another number."""
        parsed = markdown.parse(markdown_text)
        if not ids:
            return block_ids.derived(parsed)
        if len(ids) != len(parsed):
            raise Refused(N_("The text of this letter has another number of paragraphs than it says."))
        return tuple(block.named(identifier) for block, identifier in zip(parsed, ids, strict=True))

    def carry_ids(self, markdown_text: str, old: Sequence[Block]) -> tuple[Block, ...]:
        """Parse a changed text; blocks that are the same or much alike keep their ids."""
        return block_ids.carried(markdown.parse(markdown_text), old)

    def partners(self, untrusted_csv: bytes) -> Sequence[tuple[str, str]]:
        """Organisation and country of each line of a table. Raises ``Refused``."""
        from crsv_desk.letters import partners

        return partners.partners(untrusted_csv)

    def irregularities(self, markdown_text: str, language: str) -> Sequence[Irregularity]:
        """Places that a careful reader would look at, in the order of the text, with what could stand there."""
        from crsv_desk.letters import irregularities

        return irregularities.irregularities(markdown_text, language)

    def markdown(self, front: Mapping[str, object], body: str) -> bytes:
        """A Markdown file with front matter that ``read`` takes in again as it was."""
        from crsv_desk.letters import front_matter

        return front_matter.join(front, body).encode()

    def docx(self, copy: FairCopy) -> bytes:
        """The letter as .docx, in the styles that every word processor knows."""
        from crsv_desk.letters import docx_out

        return docx_out.to_docx(copy)

    def replace_block(self, markdown_text: str, block: Block, words: str) -> str:
        """The text with the words of ``block`` replaced, in the styles and links of those around them; unchanged where no
        block says exactly its words."""
        from crsv_desk.letters import restyling, writing

        markdown_text = markdown.normalised(markdown_text)
        parsed = markdown.parse(markdown_text)
        found = next((one for one in parsed if (one.kind, one.text) == (block.kind, block.text)), None)
        if found is None:
            return markdown_text
        lines = markdown_text.split("\n")
        head = re.match(_CONTAINERS + (r"(?:#{1,6}[ \t]+)?" if found.kind == "heading" else ""), lines[found.first])
        prefix = head[0] if head is not None else ""
        wanted = " ".join(markdown.normalised(words).split())

        def replaced(spans: Sequence[Span]) -> str:
            changed = prefix + writing.inline(spans, heading=found.kind == "heading")
            return "\n".join([*lines[: found.first], changed, *lines[found.last :]])

        result = replaced(restyling.restyled(found.spans, wanted))
        at = parsed.index(found)
        expected = [wanted.split() if number == at else one.text.split() for number, one in enumerate(parsed)]
        if [one.text.split() for one in markdown.parse(result)] == expected:
            return result
        return replaced((Span(wanted),))  # styles that cannot be written around these words are left out

    def word_runs(self, old: str, new: str) -> Sequence[Run]:
        """The words that stayed, went and came, in reading order."""
        from crsv_desk.letters import compare

        return compare.word_runs(old, new)

    def compare(self, old: Sequence[Block], new: Sequence[Block]) -> Sequence[BlockChange]:
        """What changed, block by block and word by word."""
        from crsv_desk.letters import compare

        return compare.compare(old, new)
