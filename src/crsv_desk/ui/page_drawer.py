"""Pages of a PDF drawn off the window's thread: those on the screen first, then their neighbours; the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from crsv_desk.app.pictures import Pages

MOST_BYTES = 120_000_000
"""Of pictures kept: about forty pages at the usual size."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF whose pages can be drawn: the size of each, in points."""

    sizes: tuple[tuple[float, float], ...]


class PageDrawer(QObject):
    """Draws and reads the pages of one PDF after another. Lives on the window's thread; the work does not."""

    opened = Signal(object)
    """An ``Opened``."""
    drawn = Signal(int)
    """A page, counted from 0, of which there is a picture now."""
    read = Signal(int, str)
    """A page and its words."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self.failed)
        self._pages: Pages | None = None
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._version = 0
        self._wanted: list[int] = []
        self._width = 0
        self._unread: list[int] = []
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}
        """Pictures of the PDF before, to look at until there are new ones."""
        self._texts: dict[int, str] = {}
        self._broken: set[int] = set()

    @property
    def busy(self) -> bool:
        """Whether something is being opened, drawn or read."""
        return self._tasks.busy

    def open(self, untrusted_pdf: bytes, again: bool = False) -> None:
        """Open another PDF; ``opened`` or ``failed`` follows. ``again``: it is the same document, set anew, so that its
        old pages may stand until the new ones are drawn."""
        before = {page: image for (page, _), image in self._pictures.items()} if again else {}
        before = {**self._before, **before} if again else {}
        self.close()
        self._before = before
        version = self._version

        def work(report: Report) -> tuple[Pages, Opened]:
            from crsv_desk.app.pictures import pages  # heavy, and not needed before the first PDF

            found = pages(untrusted_pdf)
            return found, Opened(tuple(found.size(number) for number in range(found.count)))

        def then(result: tuple[Pages, Opened]) -> None:
            if version == self._version:
                self._pages, self._sizes = result[0], result[1].sizes
                self.opened.emit(result[1])
            else:
                _close(result[0])

        self._tasks.run("", work, then, lambda error: self._fail(version, error))

    def close(self) -> None:
        """Forget everything of the PDF that was open."""
        self._version += 1
        self._tasks.cancel()
        pages, self._pages = self._pages, None
        if pages is not None:
            # Behind whatever is being drawn from it now.
            self._tasks.run("", lambda report: _close(pages), lambda nothing: None)
        self._wanted, self._width, self._unread = [], 0, []
        self._pictures.clear()
        self._before = {}
        self._texts.clear()
        self._broken.clear()

    def want(self, numbers: Sequence[int], width: int) -> None:
        """Have these pages drawn ``width`` pixels wide, in this order; what was wanted before and is not yet begun is
        dropped; so are the last of them where there is no room for all."""
        room = max(MOST_BYTES // self._bytes(width), 1)
        self._wanted, self._width = list(numbers)[:room], width
        for number in reversed(self._wanted):
            if (number, width) in self._pictures:
                self._pictures.move_to_end((number, width))  # so that they are kept longest
        self._next()

    def want_words(self, numbers: Sequence[int]) -> None:
        """Have these pages read too, behind everything that is to be drawn."""
        self._unread = list(numbers)
        self._next()

    def picture(self, number: int, width: int) -> QImage | None:
        """The page at this width, or at another for the time being, or nothing yet."""
        exact = self._pictures.get((number, width))
        if exact is not None:
            self._pictures.move_to_end((number, width))
            return exact
        others = (image for (page, _), image in reversed(self._pictures.items()) if page == number)
        return next(others, self._before.get(number))

    def text(self, number: int) -> str | None:
        """The words of a page if they were read."""
        return self._texts.get(number)

    def _bytes(self, width: int) -> int:
        """Of the tallest page's picture."""
        tallest = max((high / max(wide, 1.0) for wide, high in self._sizes), default=1.0)
        return max(round(4 * (width + 2) * (width + 2) * tallest), 1)  # pictures are rounded up

    def _next(self) -> None:
        if self._pages is None or self._tasks.busy:
            return
        for number in self._wanted:
            if number in self._broken:
                continue
            if (number, self._width) not in self._pictures:
                self._draw(number, self._width)
                return
            if number not in self._texts:
                self._read(number)
                return
        waiting = [number for number in self._unread if number not in self._texts and number not in self._broken]
        if waiting:
            self._read(waiting[0])

    def _draw(self, number: int, width: int) -> None:
        pages, version = self._pages, self._version
        assert pages is not None

        def work(report: Report) -> QImage:
            picture = pages.picture(number, width)
            image = QImage(picture.pixels, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32)
            return image.copy()  # its own pixels, whatever becomes of the bytes

        def then(image: QImage) -> None:
            if version == self._version:
                self._keep((number, width), image)
                self._before.pop(number, None)
                self.drawn.emit(number)
            self._next()

        self._tasks.run("", work, then, lambda error: self._fail(version, error, number))

    def _read(self, number: int) -> None:
        pages, version = self._pages, self._version
        assert pages is not None

        def then(text: str) -> None:
            if version == self._version:
                self._texts[number] = text
                self.read.emit(number, text)
            self._next()

        self._tasks.run("", lambda report: pages.text(number), then, lambda error: self._fail(version, error, number))

    def _keep(self, key: tuple[int, int], image: QImage) -> None:
        self._pictures[key] = image
        total = sum(one.sizeInBytes() for one in self._pictures.values())
        while total > MOST_BYTES and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            total -= oldest.sizeInBytes()

    def _fail(self, version: int, error: DeskError, number: int = -1) -> None:
        if version == self._version:
            self._broken.add(number)
            self.failed.emit(str(error))
        self._next()


def _close(pages: Pages) -> None:
    pages.close()
