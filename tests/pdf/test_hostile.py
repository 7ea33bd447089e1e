"""PDFs made to eat memory and time: each is refused, or read, within limits that the operating system enforces here."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.limits import inspect
from crsv_desk.pdf.typeset import typeset
from tests.pdf.sample import sample_letter

ROOT = Path(__file__).parents[2]
MEMORY = 2_000_000_000
SECONDS = 60
"""Of processor time for one file and everything that is asked of it, on any machine that runs tests."""

_SCRIPT = """
import os, resource, sys
from pathlib import Path
from crsv_desk.domain.errors import Refused
from crsv_desk.pdf import check, compare, likeness
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.render import Pages
from tests.pdf.sample import sample_letter

good, paper, letter = Path(sys.argv[1]).read_bytes(), PdfPaper(), sample_letter(2)

def judge(path):
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
    data = Path(path).read_bytes()
    def shown():
        pages = Pages(data)
        pages.picture(0, 400), pages.text(0)
    for ask in (lambda: paper.check(data), lambda: paper.differences(data, good), lambda: paper.same_words(data, letter),
                shown):
        try:
            ask()
            yield "read"
        except Refused:
            yield "refused"

for line in sys.stdin:
    child = os.fork()  # what every file needs is read once; the limits are the child's
    if not child:
        try:
            print(*judge(line.strip()), flush=True)
        except BaseException as error:
            print("failed", type(error).__name__, flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print("ended by", status, flush=True)
"""


def classic(objects: dict[int, bytes]) -> bytes:
    """A file with a table of objects in plain text."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, start)
    return bytes(out)


def stream(data: bytes, dictionary: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), dictionary, data)


def one_page(content: bytes, more: dict[int, bytes] | None = None, extra: bytes = b"") -> bytes:
    return classic(
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % extra,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            4: content,
            **(more or {}),
        }
    )


@cache
def zeros(megabytes: int) -> bytes:
    """Packed a thousand to one."""
    packing = zlib.compressobj(1)
    piece = bytes(1 << 20)
    return b"".join(packing.compress(piece) for _ in range(megabytes)) + packing.flush()


def bomb() -> bytes:
    return one_page(stream(zeros(300), b"/Filter/FlateDecode"))


def many_bombs() -> bytes:
    part = stream(zeros(60), b"/Filter/FlateDecode")
    return one_page(part, dict.fromkeys(range(5, 15), part))


def bomb_in_a_bomb() -> bytes:
    inner = zlib.compress(zeros(300), 9)
    return one_page(stream(inner, b"/Filter[/FlateDecode/FlateDecode]"))


def bomb_in_letters() -> bytes:
    return one_page(stream(zeros(300).hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"))


def bomb_under_another_name() -> bytes:
    return one_page(stream(zeros(300).hex().encode() + b">", b"/F#69lter[/ASCIIHexDecode/Fl#61teDecode]"))


def runs() -> bytes:
    return one_page(stream(b"\x81\0" * 2_000_000, b"/Filter/RunLengthDecode"))


def attached_bomb() -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>"
    return one_page(stream(b""), {5: b"<</EF<</F 6 0 R>>>>", 6: stream(zeros(300), b"/Filter/FlateDecode")}, names)


def deep_arrays() -> bytes:
    return one_page(stream(b""), {5: b"[" * 1_000_000 + b"]" * 1_000_000}, b"/Names 5 0 R")


def deep_dictionaries() -> bytes:
    return one_page(stream(b""), {5: b"<</A" * 300_000 + b" 1" + b">>" * 300_000}, b"/AcroForm 5 0 R")


def circular_pages() -> bytes:
    return classic({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"})


def circular_reference() -> bytes:
    return one_page(stream(b""), {5: b"6 0 R", 6: b"5 0 R"}, b"/AcroForm 5 0 R/Names 6 0 R")


def circular_names() -> bytes:
    return one_page(stream(b""), {5: b"<</Kids[5 0 R 5 0 R]>>"}, b"/Names<</EmbeddedFiles 5 0 R>>")


def circular_fields() -> bytes:
    return one_page(stream(b""), {5: b"<</T(a)/FT/Sig/Kids[5 0 R 5 0 R]>>"}, b"/AcroForm<</Fields[5 0 R]>>")


def circular_tables() -> bytes:
    file = classic({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    start = file.index(b"xref")
    return file.replace(b"/Root", b"/Prev %d/Root" % start)


def many_objects() -> bytes:
    return one_page(stream(b""), {number: b"<</A %d 0 R>>" % (number + 1) for number in range(5, 100_005)})


def many_objects_in_one_stream() -> bytes:
    count = 100_000
    head = b" ".join(b"%d %d" % (number + 10, number * 3) for number in range(count)) + b"\n"
    packed = zlib.compress(head + b"<<>>"[:2].ljust(3) * count)
    return one_page(stream(packed, b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (count, len(head))))


def table_stream(widths: bytes, index: bytes, data: bytes) -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = stream(data, b"/Type/XRef/Size 2000000000/W[%s]/Index[%s]/Root 1 0 R" % (widths, index))
    return body + b"9 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def table_of_nothing() -> bytes:
    return table_stream(b"0 0 0", b"0 2000000000", b"")


def table_of_little() -> bytes:
    return table_stream(b"0 0 1", b"0 20000000", bytes(20_000_000))


def many_pages() -> bytes:
    return classic(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[%s]/Count 2000000000>>" % (b"3 0 R " * 50_000),
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        }
    )


def many_revisions() -> bytes:
    file = bytearray(classic({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}))
    previous = file.index(b"xref")
    for _ in range(5_000):
        start = len(file)
        file += b"xref\n0 0\ntrailer\n<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previous, start)
        previous = start
    return bytes(file)


def large_page() -> bytes:
    return one_page(stream(b"")).replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]")


def names_of_many_letters() -> bytes:
    return one_page(stream(b""), {5: b"<</" + b"A" * 2_000_000 + b" 1>>"}, b"/AcroForm 5 0 R")


def an_array_without_end() -> bytes:
    return one_page(stream(b""), {5: b"[" + b"0 " * 6_000_000 + b"]"}, b"/AcroForm 5 0 R")


def a_string_without_end() -> bytes:
    return one_page(stream(b""), {5: b"(" + b"a" * 8_000_000 + b")"}, b"/AcroForm 5 0 R")


def nothing_but_streams() -> bytes:
    return b"%PDF-1.7\n" + b"stream\n\x78\x9c" * 500_000


REFUSED = [
    bomb, many_bombs, bomb_in_a_bomb, bomb_in_letters, bomb_under_another_name, runs, attached_bomb, circular_tables,
    table_of_nothing, table_of_little, many_revisions, names_of_many_letters, nothing_but_streams, an_array_without_end,
    a_string_without_end,
]  # fmt: skip
BOUNDED = [
    deep_arrays, deep_dictionaries, circular_pages, circular_reference, circular_names, circular_fields, many_objects,
    many_objects_in_one_stream, many_pages, large_page,
]  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.pdf"
    path.write_bytes(typeset(sample_letter(2), silent))
    return path


@pytest.fixture(scope="module")
def judge(good: Path) -> Iterator[Callable[[Path], list[str]]]:
    """Asks everything of a file, in a process with limits of its own."""
    script = _SCRIPT.format(memory=MEMORY, seconds=SECONDS)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(good)], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def ask(path: Path) -> list[str]:
            print(path, file=asked, flush=True)
            return answers.readline().split()

        yield ask
        asked.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the limits are those of POSIX")
@pytest.mark.parametrize("make", [*REFUSED, *BOUNDED], ids=lambda make: make.__name__)
def test_a_hostile_file_ends_in_bounded_time_and_memory(
    make: Callable[[], bytes], judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "evil.pdf").write_bytes(make())
    said = judge(tmp_path / "evil.pdf")
    assert len(said) == 4 and set(said) <= {"read", "refused"}, said
    if make in REFUSED:
        assert said[0] == said[1] == "refused"


def test_what_our_own_paper_writes_is_far_from_the_limits() -> None:
    pdf = typeset(sample_letter(1000, withheld=12), silent)
    inspect(pdf)
    assert pdf.count(b" obj") < 100_000


def test_other_programs_files_are_within_the_limits() -> None:
    for filters in (
        b"/Filter/DCTDecode",
        b"/Filter [ /FlateDecode ]",
        b"/Filter\n/FlateDecode",
        b"/Filter/Adobe.PPKLite",
    ):
        inspect(one_page(stream(zlib.compress(b"q Q"), filters)))


def test_a_chain_of_filters_is_refused() -> None:
    for filters in (
        b"/Filter 5 0 R",
        b"/Filter[/ASCII85Decode /FlateDecode]",
        b"/Filter/LZWDecode",
        b"/Filter%x\n/LZWDecode",
    ):
        with pytest.raises(Refused):
            inspect(one_page(stream(b"", filters)))


@pytest.mark.parametrize("before", [b" ", b"\n", b"[", b"]", b">", b")", b"/"])
def test_a_name_or_number_that_no_program_writes_is_refused_each_time(before: bytes) -> None:
    inspect(one_page(stream(b""), {5: before + b"1" * 4_000}))
    for _ in range(2):
        with pytest.raises(Refused):
            inspect(one_page(stream(b""), {5: before + b"1" * 4_096}))
