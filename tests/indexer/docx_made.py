"""Small real DOCX files for tests: a zip archive of parts that are written by hand, as short as the format allows."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from indexer.blocks import Block
from indexer.readers import read_bytes

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="HCh"><w:basedOn w:val="H1"/><w:rPr><w:sz w:val="28"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H23"><w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    '<w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "</w:style>"
)


def run(text: str, *properties: str) -> str:
    """A run of ``text``; ``properties`` are names ("b", "vanish") or whole elements."""
    said = "".join(each if each.startswith("<") else f"<w:{each}/>" for each in properties)
    return f'<w:r>{f"<w:rPr>{said}</w:rPr>" if said else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'


def par(content: str = "", *, style: str = "", more: str = "", numbered: tuple[int, int] | None = None) -> str:
    """A paragraph; ``content`` is plain text or runs, ``numbered`` the list and the level that it is of."""
    runs = content if content.startswith("<") or not content else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{runs}</w:p>"


def cell(content: str, *properties: str) -> str:
    """A cell; ``content`` is plain text or whole paragraphs."""
    said = "".join(properties)
    return f"<w:tc><w:tcPr>{said}</w:tcPr>{content if content.startswith('<w:') else par(content)}</w:tc>"


def table(*rows: tuple[str, ...], headers: int = 0) -> str:
    """A table of cells, given as plain text or as elements; its first ``headers`` rows are marked as its header."""
    made = ""
    for at, cells in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if at < headers else ""
        made += f"<w:tr>{head}{''.join(c if c.startswith('<w:tc') else cell(c) for c in cells)}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def level(depth: int, pattern: str, written: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{written}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*abstract: str, overrides: str = "") -> str:
    """The numbering part: an abstract list for each argument and an instance of each with the same number, from 1."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{each}</w:abstractNum>' for at, each in enumerate(abstract, 1)
    )
    made += "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(abstract) + 1)
    )
    return made + overrides


@dataclass
class Made:
    """The parts of a document to be: what stands inside the root of each."""

    body: str = ""
    styles: str = STYLES
    numbering: str = ""
    footnotes: str = ""
    endnotes: str = ""
    settings: str = ""
    header: str = ""
    parts: dict[str, bytes] = field(default_factory=dict)

    def data(self) -> bytes:
        """The file."""
        roots = {
            "document": f"<w:document {NAMES}><w:body>{self.body}</w:body></w:document>",
            "styles": f"<w:styles {NAMES}>{self.styles}</w:styles>",
            "numbering": f"<w:numbering {NAMES}>{self.numbering}</w:numbering>",
            "footnotes": f"<w:footnotes {NAMES}>{self.footnotes}</w:footnotes>",
            "endnotes": f"<w:endnotes {NAMES}>{self.endnotes}</w:endnotes>",
            "settings": f"<w:settings {NAMES}>{self.settings}</w:settings>",
            "header": f"<w:hdr {NAMES}>{self.header}</w:hdr>",
        }
        parts = {f"word/{name}.xml": f'<?xml version="1.0"?>{root}'.encode() for name, root in roots.items()}
        parts["[Content_Types].xml"] = TYPES.encode()
        parts["_rels/.rels"] = relations(("rId1", "officeDocument", "word/document.xml"))
        parts["word/_rels/document.xml.rels"] = relations(
            *((name, name, f"{name}.xml") for name in roots if name != "document")
        )
        return zipped(parts | self.parts)

    def blocks(self) -> list[Block]:
        """What the reader makes of it."""
        return read_bytes(self.data(), Path("paper.docx"))


def relations(*each: tuple[str, str, str]) -> bytes:
    """A part of relationships: identifier, kind, target."""
    made = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in each)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'.encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of ``parts``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def shown(blocks: list[Block]) -> list[str]:
    """Blocks as short strings: kind and level, marker, text with its note marks in braces; rows by their cells."""
    out = []
    for block in blocks:
        text = block.text
        for ref in sorted(block.refs, key=lambda each: -each.at):
            text = f"{text[: ref.at]}{{{ref.marker}}}{text[ref.at :]}"
        kind = f"{block.kind}{block.level or ''}"
        out.append(" ".join(each for each in (kind, block.marker, " | ".join(block.cells) or text) if each))
    return out
