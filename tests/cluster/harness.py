"""A real OpenSearch cluster of three nodes, for as long as a test or a command wants it.

    with Cluster() as cluster:
        client = OpenSearch(hosts=cluster.urls)
        cluster.stop(1)
        cluster.wait_for("yellow", nodes=2)

The nodes run in one Java process (``cluster/`` has its source; Maven builds it when it is older than that). The process
ends when its standard input does, so it never outlives this one, however this one ends. No security plugin runs in
it: ``proxy.py`` stands in front of a node where a test needs users and TLS.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = ROOT / "cluster"
NODES = 3

# As OpenSearch's own start script sets them: Netty takes its buffers from the heap, which -Xmx then bounds.
JVM_OPTIONS = (
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dio.netty.allocator.numDirectArenas=0",
)


class ClusterError(Exception):
    """The cluster was not built, did not start, or could not do what it was told; the message says which and why."""


class ClusterUnavailableError(ClusterError):
    """A cluster cannot run on this machine: a program that it needs is not installed."""


def required(program: str, package: str) -> str:
    """The path of ``program``, from ``JAVA_HOME`` first; raises ``ClusterUnavailableError`` where there is none."""
    home = os.environ.get("JAVA_HOME")
    found = (shutil.which(program, path=str(Path(home) / "bin")) if home else None) or shutil.which(program)
    if found is None:
        raise ClusterUnavailableError(
            f"an OpenSearch cluster needs {program}, which is not installed (on Debian: apt install {package})"
        )
    return found


def build(project: Path = PROJECT) -> str:
    """The class path of the cluster, built by Maven if it is older than its sources.

    Raises ``ClusterUnavailableError`` where Java or Maven is missing, ``ClusterError`` with Maven's last lines where
    the build fails.
    """
    required("javac", "default-jdk-headless")
    maven = required("mvn", "maven")
    target = project / "target"
    built = target / "built"  # written last, so that half a build never counts
    with (project / "pom.xml").open(encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one build at a time
        if not built.exists() or built.stat().st_mtime < newest([project / "pom.xml", *project.glob("src/**/*")]):
            shutil.rmtree(target, ignore_errors=True)  # jars of another version must not stay on the class path
            done = subprocess.run(
                [maven, "-q", "-B", "-f", str(project / "pom.xml"), "package"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise ClusterError("Maven could not build the cluster. " + ending(done.stdout.splitlines()))
            built.touch()
    return os.pathsep.join([str(target / "cluster.jar"), str(target / "lib" / "*")])


def newest(paths: Iterable[Path]) -> float:
    """When the last of ``paths`` was changed."""
    return max(path.stat().st_mtime for path in paths)


def ending(lines: Sequence[str]) -> str:
    """The last lines of what a program wrote, for an error's message."""
    if not lines:
        return "It wrote nothing."
    return "Its last lines:\n" + "\n".join(f"    {line}" for line in list(lines)[-15:])


class Cluster:
    """Three nodes on 127.0.0.1, each with its own port; started by ``__enter__``, ended by ``close``.

    ``heap`` is Java's -Xmx for all three together. ``patience`` is how many seconds the start may take once built.
    Not for several threads at once: one command is answered before the next is sent.
    """

    def __init__(self, *, heap: str = "1g", patience: float = 180) -> None:
        self.heap = heap
        self.patience = patience
        self.urls: tuple[str, ...] = ()
        self._running = [False] * NODES
        self._process: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._warnings: deque[str] = deque(maxlen=50)
        self._threads: list[threading.Thread] = []

    def open(self) -> None:
        """Build if need be, start, and return when all nodes have joined and the cluster is green.

        Raises ``ClusterUnavailableError`` where Java or Maven is missing, ``ClusterError`` where it does not start.
        """
        classpath = build()
        self._answers = queue.Queue()
        self._warnings.clear()
        self._folder = Path(tempfile.mkdtemp(prefix="pilcrow-cluster-"))
        # A session of its own: Ctrl-C is for us, and the process ends in order when we close its standard input.
        self._process = subprocess.Popen(
            [
                required("java", "default-jdk-headless"),
                f"-Xmx{self.heap}",
                *JVM_OPTIONS,
                "-cp",
                classpath,
                "pilcrow.cluster.Main",
                str(self._folder),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            self._threads = [
                follow(self._process.stdout, self._sort),
                follow(self._process.stderr, self._warnings.append, last=False),
            ]
            self.urls = tuple(self._answer("start", self.patience)["urls"])
        except BaseException:
            self.close()
            raise
        self._running = [True] * NODES

    @property
    def process_id(self) -> int:
        """The id of the Java process, for measuring it."""
        if self._process is None:
            raise ClusterError("the cluster is not running")
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the Java process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def running(self) -> tuple[str, ...]:
        """The URLs of the nodes that are not stopped."""
        return tuple(url for url, runs in zip(self.urls, self._running, strict=True) if runs)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The last lines that the nodes logged: warnings and errors only."""
        return tuple(self._warnings)

    def stop(self, number: int) -> None:
        """Stop node ``number`` (from 0): its connections drop, and it says nothing to the others.

        Returns when it is down, not when the others have noticed; ``wait_for`` waits for that. It is a crash as the
        others see it, not as its disk sees it: what it had written is whole. Raises ``ClusterError`` if it is stopped.
        """
        self._command(f"stop {number}")
        self._running[number] = False

    def start(self, number: int) -> None:
        """Start a stopped node again, with its data and its old URL.

        Returns when it has joined (at once where no two nodes run, which can elect no manager). The copies of its
        shards catch up afterwards: ``wait_for("green")``. Raises ``ClusterError`` if it runs.
        """
        self._command(f"start {number}")
        self._running[number] = True

    def wait_for(self, status: str = "green", *, nodes: int = NODES, patience: float = 60) -> None:
        """Return when every node that runs knows of ``nodes`` nodes and of ``status`` or better.

        Nodes hear of a change one after another, and each searches by what it has heard. Raises ``ClusterError``.
        """
        deadline = time.monotonic() + patience
        asked = f"/_cluster/health?local=true&wait_for_status={status}&wait_for_nodes={nodes}&timeout=5s"
        said = "no node runs"
        while time.monotonic() < deadline:
            try:
                answers = [get(url, asked) for url in self.running]
            except (OSError, http.client.HTTPException) as error:  # asked again below
                said = str(error)
            else:
                said = json.dumps(answers)
                if answers and all(health.get("timed_out") is False for health in answers):
                    return
            time.sleep(0.2)
        raise ClusterError(f"the cluster was not {status} with {nodes} nodes within {patience:g} s; it says: {said}")

    def close(self) -> None:
        """End the process and delete its data; nothing if it never started or has ended."""
        if self._process is not None:
            self._end(self._process)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._process = None
        self._folder = None
        self._running = [False] * NODES

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _sort(self, line: str | None) -> None:
        """Take a line of standard output: an answer, or what Java itself has to say ("Error: ..."), or its end."""
        if line is None or line.startswith("{"):
            self._answers.put(line)
        else:
            self._warnings.append(line)

    def _command(self, line: str) -> None:
        if self._process is None or self._process.stdin is None:
            raise ClusterError(f"the cluster was told to {line}, but it is not running")
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError as error:
            self.close()
            raise ClusterError(f"the cluster had ended when told to {line}. {ending(self._warnings)}") from error
        self._answer(line, 120)

    def _answer(self, command: str, patience: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            self.close()  # an answer that came late would be taken for the next command's
            raise ClusterError(
                f"the cluster did not answer {command!r} within {patience:g} s, and was ended. {ending(self._warnings)}"
            ) from None
        if line is None:
            self.close()  # which waits for what it said last
            raise ClusterError(f"the cluster ended by itself at {command!r}. {ending(self._warnings)}")
        answer = json.loads(line)
        if "error" in answer:
            raise ClusterError(f"the cluster could not {command}: {answer['error']}")
        return answer

    def _end(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended already
            process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for thread in self._threads:
            thread.join(10)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def follow(stream: IO[str] | None, take: Callable[[Any], object], *, last: bool = True) -> threading.Thread:
    """Take every line of ``stream`` in a thread (and None at the end, if ``last``), so that its writer never waits."""
    assert stream is not None

    def lines() -> None:
        for line in stream:
            take(line.rstrip("\n"))
        if last:
            take(None)

    thread = threading.Thread(target=lines, daemon=True)
    thread.start()
    return thread


def get(url: str, path: str) -> dict[str, Any]:
    """What a node answers to ``GET path``, whatever its status."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())
    except json.JSONDecodeError as error:
        raise http.client.HTTPException(f"no JSON from {url}{path}: {error}") from error
    finally:
        connection.close()
