"""The letter's own words: from blocks to strips. Serif, ragged, uninterrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.languages import foreign_language
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import ARABIC_BODY, ARABIC_HEADING, BODY, BODY_HEADING, TEXT_WIDTH, mm
from crsv_desk.pdf.paragraphs import Tag, Text, baseline, strips
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import Run, TextStyle
from crsv_desk.pdf.tags import numbering

_ITEM_INDENT = mm(4.6)
_QUOTE_INDENT = mm(6)
_BELOW_HEADING = 2.0


class Body:
    """Sets the blocks of one letter below ``parent``."""

    def __init__(self, setting: Setting, parent: Tag) -> None:
        self._setting = setting
        self._parent = parent
        self._lists: list[Tag] = []
        self._quote: Tag | None = None
        self._item: Tag | None = None
        levels = [block.level for block in setting.letter.text.blocks if block.kind == "heading"]
        self._top_level = min(levels, default=1)
        self.plain = ARABIC_BODY if setting.right_to_left else BODY
        self.heading = ARABIC_HEADING if setting.right_to_left else BODY_HEADING

    def strips(self) -> list[Strip]:
        """Every block."""
        return [strip for _, strips in self.by_block() for strip in strips]

    def by_block(self) -> list[tuple[Block, list[Strip]]]:
        """Every block with its strips, each of them one line."""
        result: list[tuple[Block, list[Strip]]] = []
        before: Block | None = None
        for block in self._setting.letter.text.blocks:
            result.append((block, self._block(block, before)))
            before = block
        if len(result) > 1 and len(result[-1][1]) == 1:
            # Two lines at least go with the sign-off: a last one stays with the line before it.
            result[-1] = (result[-1][0], [replace(result[-1][1][0], breakable=False)])
        return result

    def _block(self, block: Block, before: Block | None) -> list[Strip]:
        if block.kind != "item":
            self._lists.clear()
        if block.kind != "quote":
            self._quote = None
        match block.kind:
            case "heading":
                return self._heading(block, before)
            case "item":
                return self._list_item(block, before)
            case "quote":
                self._quote = self._quote or Tag("BlockQuote", self._parent)
                return self._paragraph(block, before, Tag("P", self._quote), _QUOTE_INDENT)
            case _:
                return self._paragraph(block, before, Tag("P", self._parent), 0.0)

    def _heading(self, block: Block, before: Block | None) -> list[Strip]:
        level = min(2 + block.level - self._top_level, 6)
        text = Text(self._setting, self._runs(block.spans, self.heading), TEXT_WIDTH, balance=True)
        tag = Tag(f"H{level}", self._parent)
        made = strips(text, tag, before=16.0 if before is not None else 7.5)
        self._setting.remember(made, block.text, below=True)
        return made

    def _paragraph(self, block: Block, before: Block | None, tag: Tag, indent: float) -> list[Strip]:
        after_heading = before is not None and before.kind == "heading"
        text = Text(self._setting, self._runs(block.spans, self.plain), TEXT_WIDTH - indent, divide=True)
        shift = 0.0 if self._setting.right_to_left else indent
        return strips(text, tag, before=_BELOW_HEADING if after_heading else 7.5, indent=shift, keep=after_heading)

    def _list_item(self, block: Block, before: Block | None) -> list[Strip]:
        depth = max(block.level, 1)
        del self._lists[depth:]
        ordered = block.marker.rstrip(".)").isdigit()
        while len(self._lists) < depth:
            parent = self._parent if not self._lists or self._item is None else self._item
            self._lists.append(Tag("L", parent, attributes=numbering("Decimal" if ordered else "Disc")))
        # The number of a long list is wider than a dash.
        indent = depth * (_ITEM_INDENT if not ordered else mm(6.5))
        text = Text(self._setting, self._runs(block.spans, self.plain), TEXT_WIDTH - indent, divide=True)
        shift = 0.0 if self._setting.right_to_left else indent
        first = before is None or before.kind != "item"
        space = 7.5 if first else 5.0
        if before is not None and before.kind == "heading":
            space = _BELOW_HEADING
        # A list stays with the words that lead to it.
        keep = first and before is not None and (before.kind == "heading" or before.text.rstrip().endswith(":"))
        if not block.marker and self._item is not None:
            return strips(text, Tag("P", self._item), before=space, indent=shift)
        item = Tag("LI", self._lists[depth - 1])
        label, content = Tag("Lbl", item), Tag("LBody", item)
        self._item = content
        marker = block.marker if ordered else "–"

        def paint_label(canvas: TaggedCanvas, left: float, top: float) -> None:
            [line] = break_lines([Run(marker, self.plain)], mm(30), base=self._setting.base)
            start = indent - (_ITEM_INDENT if not ordered else mm(6.5))
            x = self._setting.within(left, TEXT_WIDTH, start, line.width)
            extra = text.heights[0] - text.leading
            at = top + extra * 0.6 + baseline(self.plain, text.leading)
            canvas.text(line, x, at, [label.element()])

        return strips(text, content, before=space, indent=shift, keep=keep, first=paint_label)

    def _runs(self, spans: Sequence[Span], style: TextStyle) -> list[Run]:
        language = self._setting.letter.text.language
        return [
            Run(
                span.text,
                style.but(
                    bold=style.bold or "strong" in span.style, italic=span.style in ("emphasis", "strong emphasis")
                ),
                language=foreign_language(span.text, language) if span.href else "",
                link=span.href,
            )
            for span in spans
            if span.text
        ]
