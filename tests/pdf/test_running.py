"""Running text: where pages end is no difference; whatever somebody adds, takes away, changes or moves is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.pdf.running import Repeated, Running, running

ROW, END = "OrganisationKeycode", "b4901e65"
NOTICE = "EXAMPLE"
PARTS = 3
WORDS = st.sampled_from(["brief", "wij", "vragen", "Letter·subject", "Page2of3", NOTICE, ROW, "Partx", "7"])


def parts(count: int, *, notice: str = NOTICE) -> list[Repeated]:
    """A letter, its signatories and the evidence, as documents of ``count`` pages have them."""
    feet = [f"lead,Page{number + 1}of{count}" for number in range(count)]
    return [
        Repeated(notice, [f"Part{part}"] * count, feet, part == 0, *((ROW, END) if part == 2 else ()))
        for part in range(PARTS)
    ]


@dataclass(frozen=True)
class Document:
    """Words by page of each part; the table's rows stand between the evidence's words before and after it."""

    pages: tuple[tuple[tuple[str, ...], ...], ...]

    def texts(self) -> list[str]:
        """As a reader finds them, page by page."""
        count = sum(len(part) for part in self.pages)
        repeated = parts(count)
        found: list[str] = []
        for part, pages in zip(repeated, self.pages, strict=True):
            so_far = ""
            for number, words in enumerate(pages):
                place = len(found)
                head = "" if part.letterhead and number == 0 else part.heads[place]
                inside = bool(part.table_row) and ROW in so_far and END not in so_far
                body = "".join(words)
                found.append(part.notice + (ROW if inside and number else "") + body + head + part.feet[place])
                so_far += body
        return found


def split(draw: st.DrawFn, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """``words`` over one page or more, none of them empty but where there are no words."""
    cuts = sorted(draw(st.sets(st.integers(1, len(words) - 1), max_size=4))) if len(words) > 1 else []
    edges = [0, *cuts, len(words)]
    return tuple(tuple(words[one:other]) for one, other in pairwise(edges))


@st.composite
def words_of_parts(draw: st.DrawFn) -> list[list[str]]:
    plain = st.sampled_from(["brief", "wij", "vragen", "geld", "zes", "7", "Page2of3"])
    letter, names = (draw(st.lists(plain, min_size=1, max_size=12)) for _ in range(2))
    rows = draw(st.lists(plain, max_size=6))
    evidence = [*draw(st.lists(plain, max_size=4)), ROW, *rows, END, *draw(st.lists(plain, max_size=4))]
    return [letter, names, evidence]


@st.composite
def paginated_twice(draw: st.DrawFn) -> tuple[Document, Document]:
    words = draw(words_of_parts())
    one, other = (Document(tuple(split(draw, part) for part in words)) for _ in range(2))
    return one, other


def read(texts: Sequence[str]) -> Running | None:
    return running(texts, parts(len(texts)))


def is_told(one: Document, pages: Sequence[str]) -> bool:
    """Whether these pages are not taken for those of this document."""
    wanted, found = read(one.texts()), read(pages)
    return found is None or wanted is None or found.texts != wanted.texts


@st.composite
def spans(draw: st.DrawFn, pages: Sequence[str]) -> tuple[int, int, int]:
    """A page, and from where to where something on it."""
    number = draw(st.integers(0, len(pages) - 1))
    start = draw(st.integers(0, len(pages[number]) - 1))
    return number, start, draw(st.integers(start + 1, len(pages[number])))


@given(paginated_twice())
def test_where_pages_end_is_no_difference(both: tuple[Document, Document]) -> None:
    one, other = (read(document.texts()) for document in both)
    assert one is not None and other is not None and one.texts == other.texts
    for document, found in zip(both, (one, other), strict=True):
        lengths = [len(part) for part in document.pages]
        assert found.first_pages == (1, 1 + lengths[0], 1 + lengths[0] + lengths[1])


@given(paginated_twice(), st.data())
def test_whatever_is_added_to_a_page_is_a_difference(both: tuple[Document, Document], data: st.DataObject) -> None:
    """Also what a page repeats, once more, and at any place of it."""
    one, pages = both[0], both[1].texts()
    number = data.draw(st.integers(0, len(pages) - 1))
    at = data.draw(st.integers(0, len(pages[number])))
    added = data.draw(
        st.one_of(WORDS, st.sampled_from([f"Part{part}" for part in range(PARTS)]), st.just(pages[number]))
    )
    pages[number] = pages[number][:at] + added + pages[number][at:]
    assert is_told(one, pages)


@given(paginated_twice(), st.data())
def test_whatever_is_taken_away_is_a_difference(both: tuple[Document, Document], data: st.DataObject) -> None:
    one, pages = both[0], both[1].texts()
    number, start, end = data.draw(spans(pages))
    pages[number] = pages[number][:start] + pages[number][end:]
    assert is_told(one, pages)


@given(paginated_twice(), st.data())
def test_whatever_is_put_in_its_place_is_a_difference(both: tuple[Document, Document], data: st.DataObject) -> None:
    """As long as it, so that everything else stands where it stood."""
    one, pages = both[0], both[1].texts()
    number, start, end = data.draw(spans(pages))
    pages[number] = pages[number][:start] + "x" * (end - start) + pages[number][end:]
    assert is_told(one, pages)


def test_a_table_that_goes_on_has_its_header_row_again() -> None:
    document = Document(((("brief",),), (("namen",),), (("bewijs", ROW, "een"), ("twee", END), ("zegel",))))
    pages = document.texts()
    found = read(pages)
    assert found is not None and found.texts[2] == f"bewijs{ROW}eentwee{END}zegel"
    pages[3] = pages[3].replace(ROW, "")
    assert read(pages) is None


def test_without_one_of_its_parts_it_is_no_document() -> None:
    pages = Document(((("brief",),), (("namen",),), ((ROW, END),))).texts()
    assert read(pages) is not None
    assert running(pages[:2], parts(3)) is None and running([], parts(3)) is None


@given(paginated_twice(), st.data())
def test_other_words_and_another_order_are_differences(both: tuple[Document, Document], data: st.DataObject) -> None:
    one, other = both
    wanted = read(one.texts())
    part = data.draw(st.integers(0, PARTS - 1))
    flat = [word for page in other.pages[part] for word in page]
    place, word = data.draw(st.integers(0, len(flat) - 1)), data.draw(WORDS)
    changed = data.draw(st.sampled_from([[*flat[:place], word, *flat[place + 1 :]], flat[::-1], flat[1:] + flat[:1]]))
    document = Document(
        tuple((tuple(changed),) if number == part else pages for number, pages in enumerate(other.pages))
    )
    if "".join(changed) != "".join(flat):
        found = read(document.texts())
        assert found is None or wanted is None or found.texts != wanted.texts


@given(paginated_twice(), st.data())
def test_pages_in_another_order_or_number_are_differences(both: tuple[Document, Document], data: st.DataObject) -> None:
    one, other = both
    wanted, pages = read(one.texts()), other.texts()
    place = data.draw(st.integers(0, len(pages) - 1))
    moved = data.draw(st.sampled_from(["away", "twice", "back"]))
    changed = {
        "away": pages[:place] + pages[place + 1 :],
        "twice": [*pages[:place], pages[place], *pages[place:]],
        "back": [*pages[:place], *pages[place + 1 :], pages[place]],
    }[moved]
    found = read(changed)
    assert changed == pages or found is None or wanted is None or found.texts != wanted.texts
