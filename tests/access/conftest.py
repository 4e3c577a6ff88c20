"""What the tests of the pages' quality share: the sites, a browser that visits them, and the tools from npm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pilcrow.engine import opensearch_client
from tests.access.sites import Sites
from tests.access.visiting import Visitor
from tests.conftest import skip_or_fail

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The sites of the table, started when first visited; a cluster that does not answer is believed at once."""
    with ExitStack() as servers, pytest.MonkeyPatch.context() as patched:
        patched.setattr(opensearch_client, "_PAUSES", ())
        yield Sites(tmp_path_factory.mktemp("sites"), servers)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Somebody who looks at one page after the other."""
    opened = Visitor(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; skips where it is not installed."""
    return tool("axe-core/axe.min.js").read_text()


def tool(path: str) -> Path:
    """A file of the packages that ``package-lock.json`` pins; skips where they are not installed."""
    found = HERE / "node_modules" / path
    if not found.exists():
        skip_or_fail(f"{path} is not installed; run: make access")
    return found
