"""The body of a letter as Markdown in an editor, with what a person does to words as buttons and keys."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from crsv_desk.ui import theme

_PREFIX = re.compile(r"\s*(?:#{1,6} |[-*+] |\d{1,9}[.)] |> )")
_LINK = "https://"


class MarkdownEdit(QPlainTextEdit):
    """Plain text; every step can be undone. Tab leaves it, for it is a field of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setCursorWidth(2)
        self._dress()
        theme.notifier.changed.connect(self._dress)

    def _dress(self) -> None:
        font = QFont("Noto Serif")
        font.setPixelSize(theme.current().pixels(16))
        self.setFont(font)
        self.document().setDefaultFont(font)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words alone, as they are."""
        self.insertPlainText(source.text().replace("\r\n", "\n").replace("\r", "\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            match event.key():
                case Qt.Key.Key_B:
                    return self.around("**")
                case Qt.Key.Key_I:
                    return self.around("*")
                case Qt.Key.Key_K:
                    return self.link()
        return super().keyPressEvent(event)

    # --- what is done to words

    def around(self, sign: str) -> None:
        """Put ``sign`` on either side of the selection, or take it away where it stands there."""
        cursor = self.textCursor()
        words = cursor.selectedText()
        if not words:
            cursor.insertText(sign + sign)
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(sign))
        elif words.startswith(sign) and words.endswith(sign) and len(words) > 2 * len(sign):
            self._replace(cursor, words[len(sign) : -len(sign)])
        else:
            core = words.strip()
            before, after = words[: words.index(core)], words[words.index(core) + len(core) :]
            self._replace(cursor, f"{before}{sign}{core}{sign}{after}" if core else words)
        self.setTextCursor(cursor)
        self.setFocus()

    def link(self) -> None:
        """Make the selection a link; its address is selected, to be typed."""
        cursor = self.textCursor()
        words = cursor.selectedText() or ""
        start = cursor.selectionStart()
        cursor.insertText(f"[{words}]({_LINK})")
        at = start + len(words) + 3 if words else start + 1
        cursor.setPosition(at)
        if words:
            cursor.setPosition(at + len(_LINK), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    def line(self, prefix: str) -> None:
        """Let the lines of the selection begin with ``prefix``; take it away where all of them do. A number counts."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        last = self.document().findBlock(max(cursor.selectionEnd() - 1, cursor.selectionStart())).blockNumber()
        texts = [self.document().findBlockByNumber(number).text() for number in range(first, last + 1)]
        alike = all(_same(text, prefix) for text in texts if text.strip())
        cursor.beginEditBlock()
        count = 0
        for number, text in zip(range(first, last + 1), texts, strict=True):
            if not text.strip() and first != last:
                continue
            count += 1
            found = _PREFIX.match(text)
            words = text[found.end() :] if found else text
            wanted = prefix.replace("1", str(count))
            block = self.document().findBlockByNumber(number)
            one = QTextCursor(block)
            one.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            one.insertText(words if alike and text.strip() else wanted + words)
        cursor.endEditBlock()
        self.setFocus()

    def replace_words(self, start: int, end: int, words: str) -> None:
        """Put other words in the place of some, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        self.setTextCursor(cursor)

    def show_words(self, start: int, end: int) -> None:
        """Select some words and bring them into sight."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_all(self, text: str) -> None:
        """Replace everything, as one step that can be undone; the cursor goes to the beginning."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def _replace(self, cursor: QTextCursor, words: str) -> None:
        start = cursor.selectionStart()
        cursor.insertText(words)
        cursor.setPosition(start)
        cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)


def _same(text: str, prefix: str) -> bool:
    found = _PREFIX.match(text)
    if found is None:
        return False
    begun = found[0].strip()
    return begun[:-1].isdigit() if prefix == "1. " else begun == prefix.strip()
