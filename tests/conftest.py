"""What every test may ask for: the corpora that stand beside the project, and a strict word about their absence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

# Machines differ: a property that holds slowly still holds. The long campaign asks twenty times as much.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", parent=settings.get_profile("default"), max_examples=2_000)
settings.register_profile("cluster", parent=settings.get_profile("default"), max_examples=40)
settings.load_profile("default")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REQUIRE_ALL = os.environ.get("PILCROW_REQUIRE_ALL") == "1"


def skip_or_fail(reason: str) -> None:
    """Skip for ``reason``, or fail for it where every optional part is required (``PILCROW_REQUIRE_ALL=1``)."""
    if REQUIRE_ALL:
        pytest.fail(f"required here, and missing: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora, gold and questions beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        skip_or_fail("the folder ../shared with gold and corpora is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The project's own corpus of four documents."""
    return ROOT / "corpus"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's or anybody's Chromium, found on the path; skips where there is none.

    A module's own: two of them cannot be driven at once from one thread.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        skip_or_fail("no Chromium is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
