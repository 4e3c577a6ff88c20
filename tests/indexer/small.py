"""A small corpus that tests can change: documents of a few paragraphs, written the way that documents are."""

from __future__ import annotations

from pathlib import Path

from pilcrow import open_index
from pilcrow.engine.contract import SearchPlan

TEXT = """United Nations

{symbol}

General Assembly

Distr.: General
12 March 2025

Original: English

Report of the Working Group on Trafficking in Persons

I. Protection

"""


def write(folder: Path, name: str, symbol: str, *paragraphs: str) -> Path:
    """A document with numbered paragraphs, in the file ``name`` of ``folder``."""
    numbered = (f"{number}. {text}\n\n" for number, text in enumerate(paragraphs, 1))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(symbol=symbol) + "".join(numbered), encoding="utf-8")
    return path


def held(index: Path) -> dict[str, list[str]]:
    """What the index answers with: the texts of each document's paragraphs."""
    with open_index(index) as reader:
        hits = reader.search(SearchPlan(sort="document", limit=100)).hits
        found: dict[str, list[str]] = {document.id: [] for document in reader.documents()}
    for hit in hits:
        found[hit.document.id].append(hit.paragraph.text)
    return found
