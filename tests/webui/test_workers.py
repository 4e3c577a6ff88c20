"""Several processes answer as one: together counted, together limited, replaced when they die, and stopped in order."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pilcrow.settings import Settings
from tests.conftest import ROOT
from tests.webui import library_of_traps
from tests.webui.running import process_of, running
from tests.webui.visiting import connected, get
from webui.listening import first_free
from webui.workers import Workers, WorkersError, cores, how_many

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found by /proc")


def children(process: int) -> set[int]:
    """The processes that ``process`` has started and that still live."""
    return {int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


def figure(site: str, name: str) -> float:
    """One figure of the site."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", get(site, "/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_figures_are_those_of_all_processes(traps_index: Path) -> None:
    with running(traps_index, workers=3) as site, ThreadPoolExecutor(6) as visitors:
        assert set(visitors.map(lambda _: get(site, "/help").status, range(60))) == {200}
        assert figure(site, 'pilcrow_requests_total{endpoint="help",status="200"}') == 60
        while figure(site, "pilcrow_workers") < 3:
            time.sleep(0.1)  # the last of them is still on its way
        assert figure(site, "pilcrow_resident_bytes") > 3 * 20_000_000


def test_a_rate_is_that_of_the_site_and_not_of_each_process(traps_index: Path) -> None:
    with running(traps_index, workers=3, rate=0.001, burst=10) as site, ThreadPoolExecutor(6) as visitors:
        answers = [each.status for each in visitors.map(lambda _: get(site, "/help"), range(40))]
    assert (answers.count(200), answers.count(429)) == (10, 30)


def test_every_process_gives_a_page_the_same_name(traps_index: Path) -> None:
    with running(traps_index, workers=2) as site, ThreadPoolExecutor(4) as visitors:
        tags = {each.headers["etag"] for each in visitors.map(lambda _: get(site, "/?q=victims"), range(20))}
    assert len(tags) == 1


def test_a_process_that_dies_is_replaced_and_the_others_go_on(traps_index: Path) -> None:
    with process_of(traps_index, workers=2) as (site, process):
        before = children(process.pid)
        for worker in before:
            os.kill(worker, signal.SIGKILL)
            while len(now := children(process.pid)) < 2 or worker in now:
                assert get(site, "/help").status == 200
        assert children(process.pid).isdisjoint(before)
        assert get(site, "/?q=victims").status == 200


def test_the_processes_end_with_the_one_that_started_them(traps_index: Path) -> None:
    with pytest.raises(AssertionError, match="it ended with -9"), process_of(traps_index, workers=2) as (_, process):  # noqa: PT012
        workers = children(process.pid)
        process.kill()
        process.wait()
        while any(Path(f"/proc/{each}").exists() and _lives(each) for each in workers):
            time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_site_that_is_stopped_finishes_what_it_has_begun(tmp_path: Path, workers: int, how: signal.Signals) -> None:
    library_of_traps.publish(tmp_path / "index", library_of_traps.documents())
    statuses: list[int] = []
    asking = threading.Event()

    def ask(site: str) -> None:
        """Send a request of which the last byte comes when the site is being stopped."""
        with connected(site) as connection:
            connection.sendall(b"GET /search.csv?q=remain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            asking.set()
            got = b""
            while part := connection.recv(65_536):
                got += part
        statuses.append(int(got.split()[1]))
        assert got.count(b"Decides, for reason") == 30

    with running(tmp_path / "index", workers=workers, stop=how) as site:
        visitor = threading.Thread(target=ask, args=(site,))
        visitor.start()
        asking.wait()
    visitor.join()
    assert statuses == [200]


def test_processes_that_never_come_to_answer_are_given_up(traps_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    with first_free("127.0.0.1", 0) as listening:
        workers = Workers(listening, Settings(index=traps_index), 2)
        with pytest.raises(WorkersError, match="ended 5 times before they could"):
            workers.run(lambda: pytest.fail("nothing was ready"))


def test_no_module_of_the_folder_at_hand_is_run(
    traps_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "webui").mkdir()
    (tmp_path / "webui" / "__init__.py").write_text("raise SystemExit('somebody else')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with running(traps_index, workers=2) as site:
        assert get(site, "/help").status == 200


def test_without_a_number_a_large_index_has_a_process_for_each_core(tmp_path: Path, traps_index: Path) -> None:
    assert how_many(Settings(index=traps_index)) == 1
    assert how_many(Settings(index=tmp_path / "none")) == 1
    assert how_many(Settings(index=traps_index, workers=7)) == 7
    assert cores() >= 1
