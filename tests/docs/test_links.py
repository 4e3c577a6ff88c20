"""Every link and every path that the documents name leads somewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE_PATH = re.compile(r"`((?:pilcrow|indexer|webui|corpus|tests|benchmarks|docs)/[\w./-]*)`")
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def anchors(markdown: str) -> set[str]:
    """The fragments that the headings of ``markdown`` give, as they are commonly made."""
    titles = re.findall(r"^#+\s+(.*)$", markdown, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_to_a_file_or_a_heading(document: str) -> None:
    path = ROOT / document
    dead = []
    for target in LINK.findall(path.read_text()):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, fragment = target.partition("#")
        linked = (path.parent / file) if file else path
        missing = not linked.exists()
        if missing or (fragment and linked.suffix == ".md" and fragment not in anchors(linked.read_text())):
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    named = CODE_PATH.findall((ROOT / document).read_text())
    assert named, f"{document} names no file: the pattern of this test no longer fits it"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert named, "README names no make target"
    assert named <= targets


def test_nothing_that_is_committed_holds_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    pattern = re.compile("/" + r"(?:home|root|Users|work)/\w+")
    guilty = []
    for name in filter(None, listed.stdout.split("\0")):
        path = Path(ROOT / name)
        if (
            path.suffix in {".py", ".md", ".toml", ".cfg", ".tsv", ".html", ".css", ".js", ".txt", ".lock"}
            and path.exists()
        ):
            guilty += [f"{name}: {match}" for match in pattern.findall(path.read_text(errors="replace"))]
    assert guilty == []
