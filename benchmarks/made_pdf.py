"""PDF files made by hand: lines of Times on pages, with the masthead of a UN document, and nothing else.

For benchmarks where no real files stand beside the project, and for tests that need a small PDF to spoil.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from textwrap import wrap

_WIDTH, _HEIGHT, _LEFT, _TOP = 612, 792, 72, 720
_SIZE, _LEADING = 10, 12
_COLUMNS = 90
"""Characters of a line: as many as fill the page at this size."""


def document(symbol: str, paragraphs: Sequence[str], *, title: str = "Report of the Secretary-General") -> bytes:
    """A document of the General Assembly with numbered paragraphs, as many pages as they fill."""
    head = ["United Nations", symbol, "General Assembly", "Distr.: General", "12 March 2025", "Original: English", ""]
    lines = [*head, title, ""]
    for number, text in enumerate(paragraphs, 1):
        lines += [*wrap(f"{number}. {text}", _COLUMNS), ""]
    room = (_TOP - 72) // _LEADING
    return pages([lines[at : at + room] for at in range(0, len(lines), room)])


def pages(texts: Sequence[Sequence[str]], *, compressed: bool = True) -> bytes:
    """A PDF with one page for each list of lines, its streams deflated unless told otherwise."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(texts):
        box = f"/MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * at} 0 R >>".encode())
        objects.append(_stream(_content(lines), compressed=compressed))
    return _file(objects)


def _content(lines: Iterable[str]) -> bytes:
    shown = [f"BT /F1 {_SIZE} Tf {_LEADING} TL {_LEFT} {_TOP} Td"]
    shown += [f"({_escaped(line)}) Tj T*" for line in lines]
    return "\n".join([*shown, "ET"]).encode("cp1252", errors="replace")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _stream(content: bytes, *, compressed: bool) -> bytes:
    if not compressed:
        return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
    data = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
