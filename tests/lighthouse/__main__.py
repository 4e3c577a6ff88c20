"""Lighthouse's scores of the start page, of results and of a document, on a phone and on a desk: ``make lighthouse``.

Served by waitress as in earnest, opened by the Chromium that is installed. Prints a table of scores and, for each that
is no 100, what took the points; ends with 1 where one is under its floor. Performance depends on the machine, whose
other work counts against it: scores are to be compared on a quiet one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import playwright

from indexer.build import build
from tests.conftest import ROOT
from tests.webui.running import running

HERE = Path(__file__).parent
LIGHTHOUSE = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = Path(playwright.__file__).parent / "driver" / "node"
"""The Node that Playwright brings with it: Lighthouse needs a newer one than Debian has."""

FLOORS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
"""Under which the run fails. Performance is measured in time, and varies by a few points."""

ENOUGH = 0.9
"""An audit that reaches this much of its own score is not worth a line."""

UNASKED = {
    "is-crawlable": "results are kept from search engines on purpose: there is no end of them",
    "robots-txt": "Lighthouse asks for robots.txt from within the page, which the security policy forbids",
    "canonical": "the address is relative, for the site does not know the name under which it is published",
}
"""Audits that a page may fail on purpose, each with its reason: they are left out of its scores."""


AGAIN, ATTEMPTS = "Please run Lighthouse again", 3
"""What it says where Chromium has recorded nothing, as happens now and then; and how often it is run at most."""


def main(index: Path | None) -> int:
    """Print the scores of the site of ``index``, or of the project's corpus; 1 where one is under its floor."""
    with tempfile.TemporaryDirectory() as scratch:
        if index is None:
            index = Path(scratch) / "index"
            build([ROOT / "corpus"], index, engine="whoosh")
        with running(index) as site:
            reports = {
                (page, form): _report(site + path, form)
                for page, path in _pages(site).items()
                for form in ("mobile", "desktop")
            }
    print(f"{'':<20}" + "".join(f"{name:>16}" for name in FLOORS))
    for (page, form), report in reports.items():
        print(f"{page + ', ' + form:<20}" + "".join(f"{_score(report, name):>16}" for name in FLOORS))
    for audit, reason in UNASKED.items():
        print(f"Left out: {audit} ({reason}).")
    for (page, form), report in reports.items():
        for line in _losses(report):
            print(f"{page}, {form}: {line}")
    low = [key for key, report in reports.items() if any(_score(report, name) < FLOORS[name] for name in FLOORS)]
    return 1 if low else 0


def _pages(site: str) -> dict[str, str]:
    """The pages by what they are called here; the document is that of the first result."""
    results = "/?q=victims+of+trafficking"
    with urlopen(f"{site}/api/search{results[1:]}") as answer:  # noqa: S310 - this machine's own server
        document = json.load(answer)["hits"][0]["url"].partition("#")[0]
    return {"start": "/", "results": results, "document": document}


def _report(url: str, form: str) -> dict[str, Any]:
    """What Lighthouse finds at ``url`` in the ``form`` of a screen."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    command = [
        *(NODE, LIGHTHOUSE, url, "--quiet", "--output=json", "--no-enable-error-reporting"),
        f"--only-categories={','.join(FLOORS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *(["--preset=desktop"] if form == "desktop" else []),
        *(f"--skip-audits={audit}" for audit in UNASKED),
    ]
    for _ in range(ATTEMPTS):
        run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium})
        if not run.returncode:
            report: dict[str, Any] = json.loads(run.stdout)
            return report
        if AGAIN not in run.stderr:
            break
    raise SystemExit(run.stderr)


def _score(report: dict[str, Any], category: str) -> int:
    return round(100 * (report["categories"][category]["score"] or 0))


def _losses(report: dict[str, Any]) -> list[str]:
    """The audits that took points, with what they measured."""
    told = []
    for name in FLOORS:
        for each in report["categories"][name]["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < ENOUGH:
                told.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return told


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
