"""The Nu Html Checker, which is what validator.w3.org runs, finds no error on any kind of page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.access.conftest import tool
from tests.access.kinds import KINDS
from tests.access.sites import Sites
from tests.conftest import ROOT, skip_or_fail

IGNORED: tuple[str, ...] = ()
"""Messages that are no fault of a page, each with its reason."""


def test_every_kind_of_page_is_valid_html(sites: Sites, tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind.name}.html").write_bytes(sites.client(kind.site).get(kind.address).data)
    assert _messages([tmp_path]) == []


def test_the_icon_is_valid_svg() -> None:
    assert _messages(sorted((ROOT / "webui" / "static").glob("*.svg"))) == []


def _messages(paths: list[Path]) -> list[str]:
    """Errors and warnings, with the page, the line and the markup; all pages in one process, which takes seconds."""
    java = shutil.which("java")
    if java is None:
        skip_or_fail("no Java is installed")
    checker = tool("vnu-jar/build/dist/vnu.jar")
    run = subprocess.run(
        [java, "-Xss2m", "-jar", checker, "--also-check-svg", "--exit-zero-always", "--format", "json", *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stderr)["messages"]
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine')} {each['message']} {each.get('extract', '')}"
        for each in found
        if each["type"] != "info" or each.get("subType") == "warning"
        if each["message"] not in IGNORED
    ]
