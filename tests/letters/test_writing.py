"""Blocks written as Markdown read back as the very same blocks, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from crsv_desk.domain.blocks import Span
from crsv_desk.domain.errors import Refused
from crsv_desk.letters import front_matter
from crsv_desk.letters.gathering import Found
from crsv_desk.letters.markdown import Parsed, normalised, parse
from crsv_desk.letters.writing import write

PIECES = [
    *"ab \n*_`[]()<>#-+1.&;!\\\"'\t\u00a0éx", "\n\n", "- ", "> ", "1. ", "  ", "    ", "[a](https://a.nl)", "**", "&#32;",
    "# ", "![", "\\\n", "`` ",
]  # fmt: skip
STYLES = ["plain", "emphasis", "strong", "strong emphasis", "code"]
HREFS = ["", "", "", "https://a.nl/b_c?d=(e)", "mailto:a@b.nl"]


def shape(blocks: Iterable[Parsed | Found]) -> list[tuple[object, ...]]:
    return [(one.kind, one.spans, one.level, one.marker) for one in blocks]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("- a\n\n  # b\n\n  c")
@example("- - a\n\n  b")
@example("1. a\n2. b\n\n- c")
@example("!\n[a](https://a.nl)")
def test_any_markdown_is_written_again_to_the_same_blocks(text: str) -> None:
    try:
        first = parse(normalised(text))
    except Refused:
        assume(False)
    assert shape(parse(normalised(write(first)))) == shape(first)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """As reading joins them: neighbours of one style and target are one."""
    result: list[Span] = []
    for span in spans:
        text = span.text.replace("\n", " ") if span.style == "code" else span.text
        if result and (result[-1].style, result[-1].href) == (span.style, span.href):
            result[-1] = Span(result[-1].text + text, span.style, span.href)
        else:
            result.append(Span(text, span.style, span.href))
    return tuple(result)


words = st.text(alphabet="ab1 .,!?“”\"'*_`[]<>&#;\\()-+=~\n\u00a0éם", min_size=1, max_size=12)
spans = st.lists(st.builds(Span, words, st.sampled_from(STYLES), st.sampled_from(HREFS)), min_size=1, max_size=6).map(
    _joined
)  # type: ignore[arg-type]


@st.composite
def letters(draw: st.DrawFn) -> list[Found]:
    """Blocks such as a text can have: an item without a marker goes on with one that stands before it."""
    made: list[Found] = []
    for _number in range(draw(st.integers(1, 8))):
        found = draw(spans.filter(lambda one: "".join(span.text for span in one).strip() != ""))
        last = made[-1] if made else None
        match draw(st.sampled_from(["heading", "paragraph", "item", "number", "quote", "further"])):
            case "heading":
                made.append(Found("heading", found, draw(st.integers(1, 6))))
            case "item":
                made.append(Found("item", found, draw(st.integers(1, 6)), "•"))
            case "number":
                made.append(Found("item", found, draw(st.integers(1, 6)), f"{draw(st.integers(0, 120))}."))
            case "quote":
                made.append(Found("quote", found))
            case "further" if last is not None and last.kind == "item":
                made.append(Found("item", found, draw(st.integers(1, last.level)), ""))
            case _:
                made.append(Found("paragraph", found))
    return made


@settings(max_examples=400, deadline=None)
@given(letters())
def test_any_blocks_are_read_back_as_they_were_written(blocks: list[Found]) -> None:
    assert shape(parse(normalised(write(blocks)))) == shape(blocks)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["subject", "salutation", "closing", "place", "lead"]),
        st.text(alphabet="ab :#-'\"“”é&*!%@,[]{}|>?1", min_size=1, max_size=30).map(str.strip).filter(bool),
    ),
    st.lists(st.text(alphabet="ab :#-'\"é", min_size=1).map(str.strip).filter(bool), max_size=3),
    letters(),
)
def test_fields_and_text_of_a_markdown_file_come_back(
    fields: dict[str, str], partners: list[str], blocks: list[Found]
) -> None:
    body = write(blocks)
    front, read = front_matter.split(front_matter.join({**fields, "partners": tuple(partners)}, body))
    assert read.lstrip("\n") == body
    assert {key: value for key, value in front.items() if value} == {
        **fields, **({"partners": tuple(partners)} if partners else {}),
    }  # fmt: skip


def test_what_is_written_looks_as_a_person_would_write_it() -> None:
    blocks = [
        Found("heading", (Span("Wat wij vragen"),), 2),
        Found("paragraph", (Span("Met "), Span("nadruk", "emphasis"), Span(", 100% & niet alleen."),)),
        Found("item", (Span("Eén"),), 1, "•"),
        Found("item", (Span("Dieper"),), 2, "1."),
        Found("item", (Span("Twee"),), 1, "•"),
        Found("quote", (Span("Citaat"),)),
    ]  # fmt: skip
    assert write(blocks) == (
        "## Wat wij vragen\n\nMet *nadruk*, 100% & niet alleen.\n\n- Eén\n\n  1. Dieper\n\n- Twee\n\n> Citaat\n"
    )
