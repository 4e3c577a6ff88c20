"""Small real PDF files for tests, written by hand with the standard library alone: pages set in the standard fonts.

A page is set as a compositor would: lines of type at places, rules, pictures. What is set may belong to an element of
the file's structure (a *tagged* PDF), to none, or be an artifact of the page, as word processors write them. In the
words, ``{1}`` is raised, ``<b>`` and ``<i>`` are bold and italic.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from math import cos, radians, sin
from pathlib import Path

from indexer.blocks import Block
from indexer.readers import read_bytes

LETTER, WIDE = (612.0, 792.0), (792.0, 612.0)
LEFT, TOP, WIDTH = 72.0, 670.0, 468.0
"""Where the text of a page begins, and how wide its lines are."""

FONTS = {
    "roman": "Times-Roman",
    "bold": "Times-Bold",
    "italic": "Times-Italic",
    "bold italic": "Times-BoldItalic",
    "typed": "Courier",
}
_NAMES = {font: f"F{at}" for at, font in enumerate(FONTS)}
_LIGATURES = {"ﬁ": b"\x81", "ﬂ": b"\x8d"}
"""At codes that the encoding leaves free (as the fonts' dictionary says, too)."""

_ENCODING = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [129 /fi 141 /fl] >>"
_TIMES = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 "
    "564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 "
    "722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 "
    "278 500 500 722 500 500 444 480 200 480 541"
)
_WIDTHS = {chr(32 + at): int(width) for at, width in enumerate(_TIMES.split())}
_MARKUP = re.compile(r"(\{[^{}]*\}|</?[bi]>)")


@dataclass(frozen=True)
class Type:
    """How words are set: ``first`` and ``rest`` are how far a paragraph's first line and the others are set in."""

    size: float = 10.0
    font: str = "roman"
    leading: float = 12.0
    first: float = 0.0
    rest: float = 0.0
    justified: bool = False

    def width(self, words: str) -> float:
        """How wide ``words`` are: exact for the upright fonts, near enough for the others."""
        plain = re.sub(r"\{[^{}]*\}|</?[bi]>", "", words)
        units = 600 * len(plain) if self.font == "typed" else sum(_WIDTHS.get(char, 500) for char in plain)
        return units * self.size / 1000


ROMAN, BOLD, ITALIC = Type(), Type(font="bold"), Type(font="italic")
SMALL = Type(size=8, leading=10)


@dataclass
class Tag:
    """An element of the structure: its kind ("P", "Table"), and in order its elements and its content on pages."""

    kind: str
    kids: list[Tag | tuple[Page, int]] = field(default_factory=list)

    def add(self, kind: str) -> Tag:
        """A new element in this one, as its last."""
        kid = Tag(kind)
        self.kids.append(kid)
        return kid

    def all(self) -> Iterator[Tag]:
        """This element and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.all()


ARTIFACT = Tag("Artifact")
"""What is set only because it is a page: running heads, page numbers."""


@dataclass(eq=False)
class Page:
    """A page being set. Places are points from its lower left corner; ``rotate`` turns it as a viewer does."""

    size: tuple[float, float] = LETTER
    rotate: int = 0
    shown: list[str] = field(default_factory=list)
    marked: list[Tag] = field(default_factory=list)

    def text(self, at: tuple[float, float], words: str, how: Type = ROMAN, tag: Tag | None = None) -> None:
        """One line of type that begins ``at`` a place."""
        self._set(f"1 0 0 1 {at[0]:.3f} {at[1]:.3f} Tm 0 Tw", words, how, tag)

    def turned(self, at: tuple[float, float], words: str, how: Type = ROMAN, tag: Tag | None = None) -> None:
        """One line of type that runs upwards, as on the margin or on a landscape page."""
        self._set(f"0 1 -1 0 {at[0]:.3f} {at[1]:.3f} Tm 0 Tw", words, how, tag)

    def paragraph(
        self, at: tuple[float, float], words: str, how: Type = ROMAN, width: float = WIDTH, tag: Tag | None = None
    ) -> float:
        """A paragraph whose first line's baseline is ``at`` a place; gives the height of the line below it."""
        x, y = at
        lines = broken(words, how, width)
        for number, line in enumerate(lines):
            inset = how.rest if number else how.first
            if how.justified and number < len(lines) - 1:
                self.spread((x + inset, y), line, how, width - inset, tag)
            else:
                self.text((x + inset, y), line, how, tag)
            y -= how.leading
        return y

    def spread(
        self, at: tuple[float, float], words: str, how: Type = ROMAN, width: float = WIDTH, tag: Tag | None = None
    ) -> None:
        """One line of type, its words spread to fill the ``width``."""
        space = (width - how.width(words)) / max(1, words.count(" "))
        self._set(f"1 0 0 1 {at[0]:.3f} {at[1]:.3f} Tm {space:.3f} Tw", words, how, tag)

    def row(self, y: float, cells: Iterable[tuple[float, str]], how: Type = ROMAN, tags: Sequence[Tag] = ()) -> None:
        """A table's row on one line: its cells, each with where it begins; ``tags`` are theirs."""
        for number, (x, words) in enumerate(cells):
            self.text((x, y), words, how, tags[number] if tags else None)

    def rule(self, x0: float, x1: float, y: float) -> None:
        """A thin ruled line."""
        self.shown.append(f"/Artifact BMC 0.5 w {x0} {y} m {x1} {y} l S EMC")

    def tilted(self, at: tuple[float, float], words: str, how: Type = ROMAN, degrees: float = 45) -> None:
        """One line of type at an angle, as a stamp or a watermark stands on a page."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        self._set(f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {at[0]:.3f} {at[1]:.3f} Tm 0 Tw", words, how, None)

    def picture(self, corner: tuple[float, float], width: float, height: float, *, boxed: bool = False) -> None:
        """A grey picture; ``boxed`` puts it inside a form, as some scanners do."""
        name = "Boxed" if boxed else "Grey"
        self.shown.append(f"q {width} 0 0 {height} {corner[0]} {corner[1]} cm /{name} Do Q")

    def _set(self, place: str, words: str, how: Type, tag: Tag | None) -> None:
        shown = f"BT {place} {' '.join(_pieces(words, how))} ET"
        if tag is ARTIFACT:
            shown = f"/Artifact BMC {shown} EMC"
        elif tag is not None:
            shown = f"/{tag.kind} <</MCID {len(self.marked)}>> BDC {shown} EMC"
            tag.kids.append((self, len(self.marked)))
            self.marked.append(tag)
        self.shown.append(shown)

    def content(self) -> bytes:
        """What the page shows, in the order in which it was set."""
        return b"".join(_LIGATURES.get(char) or char.encode("cp1252", "replace") for char in "\n".join(self.shown))


def _pieces(words: str, how: Type) -> Iterator[str]:
    bold, italic = "bold" in how.font, "italic" in how.font
    for piece in filter(None, _MARKUP.split(words)):
        if piece in {"<b>", "</b>"}:
            bold = piece == "<b>"
        elif piece in {"<i>", "</i>"}:
            italic = piece == "<i>"
        else:
            style = " ".join(["bold"] * bold + ["italic"] * italic) or "roman"
            raised = piece.startswith("{")
            size, rise = (0.65 * how.size, 0.35 * how.size) if raised else (how.size, 0.0)
            font = _NAMES[how.font if how.font == "typed" else style]
            yield f"/{font} {size:.2f} Tf {rise:.2f} Ts ({_escaped(piece[1:-1] if raised else piece)}) Tj"


def _escaped(words: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", words)


def broken(words: str, how: Type, width: float) -> list[str]:
    """``words`` broken into lines as wide as ``width`` at most; type that changes goes on in the next line."""
    lines: list[str] = []
    held = ""
    for word in words.split(" "):
        inset = how.rest if lines else how.first
        if held and how.width(f"{held} {word}") > width - inset:
            opened = "".join(f"<{style}>" for style in "bi" if held.count(f"<{style}>") > held.count(f"</{style}>"))
            lines.append(held)
            held = opened + word
        else:
            held = f"{held} {word}" if held else word
    return [*lines, held]


@dataclass
class Made:
    """A document being made: its pages, and the root of its structure, which stays empty in an untagged one."""

    pages: list[Page] = field(default_factory=list)
    root: Tag = field(default_factory=lambda: Tag("Document"))

    def page(self, size: tuple[float, float] = LETTER, rotate: int = 0) -> Page:
        """A new page, as the last."""
        self.pages.append(Page(size, rotate))
        return self.pages[-1]

    def tag(self, kind: str) -> Tag:
        """A new element at the top of the structure."""
        return self.root.add(kind)

    def data(self, *, password: str | None = None, compressed: bool = True) -> bytes:
        """The file; with a ``password``, encrypted so that only that opens it."""
        file = _File(password=password)
        fonts, kids = file.reserve(), file.reserve()
        grey = file.add(_GREY)
        pictures = f"/Grey {grey} 0 R /Boxed {file.add(_BOXED % grey)} 0 R"
        resources = f"/Resources << /Font {fonts} 0 R /XObject << {pictures} >> >>"
        encoding = file.add(_ENCODING)
        file.put(fonts, _dictionary({
            _NAMES[font]: f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding {encoding} 0 R >>"
            for font, name in FONTS.items()
        }))  # fmt: skip
        numbers = [file.reserve() for _ in self.pages]
        for at, page in enumerate(self.pages):
            stream = file.stream(page.content(), compressed=compressed)
            box = f"/MediaBox [0 0 {page.size[0]} {page.size[1]}] /Rotate {page.rotate} {resources}"
            file.put(
                numbers[at], f"<< /Type /Page /Parent {kids} 0 R {box} /Contents {stream} 0 R /StructParents {at} >>"
            )
        file.put(kids, f"<< /Type /Pages /Kids [{_refs(numbers)}] /Count {len(numbers)} >>")
        structure = f"/StructTreeRoot {self._structure(file, numbers)} 0 R /MarkInfo << /Marked true >>"
        catalog = file.add(f"<< /Type /Catalog /Pages {kids} 0 R {structure if self.root.kids else ''} >>")
        return file.data(catalog)

    def _structure(self, file: _File, pages: Sequence[int]) -> int:
        """The number of the structure's root, its elements written."""
        tree = file.reserve()
        number_of = {id(page): number for page, number in zip(self.pages, pages, strict=True)}
        tags = {id(tag): file.reserve() for tag in self.root.all()}
        above = {id(kid): tags[id(tag)] for tag in self.root.all() for kid in tag.kids if isinstance(kid, Tag)}
        for tag in self.root.all():
            kids = " ".join(
                f"{tags[id(kid)]} 0 R" if isinstance(kid, Tag)
                else f"<< /Type /MCR /Pg {number_of[id(kid[0])]} 0 R /MCID {kid[1]} >>"
                for kid in tag.kids
            )  # fmt: skip
            parent = above.get(id(tag), tree)
            file.put(tags[id(tag)], f"<< /Type /StructElem /S /{tag.kind} /P {parent} 0 R /K [{kids}] >>")
        parents = " ".join(
            f"{at} [{_refs(tags[id(tag)] for tag in page.marked)}]" for at, page in enumerate(self.pages)
        )
        root = tags[id(self.root)]
        file.put(tree, f"<< /Type /StructTreeRoot /K [{root} 0 R] /ParentTree << /Nums [{parents}] >> >>")
        return tree

    def blocks(self) -> list[Block]:
        """What the reader makes of it."""
        return read_bytes(self.data(), Path("paper.pdf"))


_GREY = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 2 "
    b"/Filter /ASCIIHexDecode >>\nstream\n80\nendstream"
)

_BOXED = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Grey %d 0 R >> >> /Length 8 >>\n"
    b"stream\n/Grey Do\nendstream"
)


def _dictionary(entries: dict[str, str]) -> str:
    return f"<< {' '.join(f'/{key} {value}' for key, value in entries.items())} >>"


def _refs(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


class _File:
    """The objects of a file, by number, and what is written around them."""

    def __init__(self, *, password: str | None) -> None:
        self._objects: list[bytes] = []
        self._lock = _Lock(password) if password is not None else None

    def reserve(self) -> int:
        """A number whose object comes later."""
        self._objects.append(b"null")
        return len(self._objects)

    def put(self, number: int, content: str | bytes) -> None:
        self._objects[number - 1] = content if isinstance(content, bytes) else content.encode("latin-1")

    def add(self, content: str | bytes) -> int:
        self.put(number := self.reserve(), content)
        return number

    def stream(self, content: bytes, *, compressed: bool) -> int:
        data, filtered = (zlib.compress(content), b" /Filter /FlateDecode") if compressed else (content, b"")
        number = self.reserve()
        data = self._lock.locked(number, data) if self._lock else data
        self.put(number, b"<< /Length %d%b >>\nstream\n%b\nendstream" % (len(data), filtered, data))
        return number

    def data(self, catalog: int) -> bytes:
        out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, each in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
        start, size = len(out), len(offsets) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        locked = self._lock.entry() if self._lock else b""
        out += b"trailer\n<< /Size %d /Root %d 0 R%b >>\nstartxref\n%d\n%%%%EOF\n" % (size, catalog, locked, start)
        return bytes(out)


class _Lock:
    """The standard security handler's first revision: RC4 with 40 bits, long broken, and read by everything."""

    _PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    _ID, _MAY = b"pilcrow made it.", -44

    def __init__(self, password: str) -> None:
        padded = (password.encode("latin-1") + self._PAD)[:32]
        self._owner = _rc4(md5(padded).digest()[:5], padded)  # noqa: S324 (the format's own)
        said = padded + self._owner + self._MAY.to_bytes(4, "little", signed=True) + self._ID
        self._key = md5(said).digest()[:5]  # noqa: S324

    def locked(self, number: int, data: bytes) -> bytes:
        return _rc4(md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)  # noqa: S324

    def entry(self) -> bytes:
        user = _rc4(self._key, self._PAD)
        said = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P %d >> /ID [<%b> <%b>]"
        made = (each.hex().encode() for each in (self._owner, user))
        return said % (*made, self._MAY, self._ID.hex().encode(), self._ID.hex().encode())


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
