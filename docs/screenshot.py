"""README's picture, taken of the real page over the project's own corpus: ``make screenshot`` (needs Chromium)."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from indexer.build import build
from webui import create_app
from webui.listening import Listener, first_free
from webui.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "search.png"
ASKED = "/?q=victim+protection&state=BLR"
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Index ``corpus/`` in a temporary folder, serve it, and take the picture of one search."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium was found; install one (on Debian: apt install chromium) and run this again.")
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "corpus"], Path(folder))
        server = Listener(create_app(folder), first_free("127.0.0.1", 0), Settings())
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport=SIZE)
            page.goto(f"http://127.0.0.1:{server.port}{ASKED}")
            page.screenshot(path=PICTURE)
            browser.close()
        server.stop()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
