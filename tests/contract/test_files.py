"""What stands on disk: damage is found when an index is opened, readers are pinned, threads do not mix answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pilcrow.engine import analysis, tables
from pilcrow.engine.contract import Counts, Engine, FacetRequest, Hit, IndexReader, SearchPlan
from pilcrow.engine.errors import IndexDamagedError
from pilcrow.engine.fields import FACETS
from pilcrow.engine.files import remove_tree
from pilcrow.engine.model import Document, Paragraph, ParsedDocument
from pilcrow.engine.query import And, Everything, Exact, Fuzzy, Near, Or, Phrase, Prefix, Query, Term, Value
from tests.contract import strategies
from tests.contract.engines import ENGINES, manifest_of, reading, write
from tests.contract.test_cases import CORPUS, JOINT, R1, UNDATED

FACET_REQUESTS = tuple(FacetRequest(field=each.key) for each in FACETS)
QUERIES: tuple[Query, ...] = (
    Term("victim"),
    And((Term("protection"), Term("victim"))),
    Or((Term("organ"), Term("labour"), Phrase(("64", "293")))),
    Near(("victim", "protection"), 3),
    Prefix("org"),
    Fuzzy("vctim"),
    Value("state", "BLR"),
    Everything(),
)
PLANS = tuple(SearchPlan(query=query, facets=FACET_REQUESTS) for query in QUERIES)


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.param


@pytest.fixture
def built(engine: Engine, tmp_path: Path) -> Path:
    directory = tmp_path / "data"
    directory.mkdir()
    write(engine, directory, CORPUS)
    return directory


def answered(reader: IndexReader, plan: SearchPlan) -> tuple[tuple[Hit, ...], Counts]:
    answer = reader.search(plan)
    return answer.hits, answer.counted()


def files(directory: Path) -> list[Path]:
    found = sorted(path for path in directory.iterdir() if path.is_file())
    assert len(found) >= 3
    return found


def test_a_missing_file_is_found_when_the_index_is_opened(engine: Engine, built: Path, tmp_path: Path) -> None:
    for path in files(built):
        copy = tmp_path / "copy"
        shutil.copytree(built, copy)
        (copy / path.name).unlink()
        with pytest.raises(IndexDamagedError, match="missing"):
            engine.open(copy, manifest_of(engine, CORPUS))
        shutil.rmtree(copy)


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda _: b"", lambda data: data + b"x"])
def test_a_cut_or_longer_file_is_found_when_the_index_is_opened(
    engine: Engine, built: Path, tmp_path: Path, damage: object
) -> None:
    for path in files(built):
        copy = tmp_path / "copy"
        shutil.copytree(built, copy)
        (copy / path.name).write_bytes(damage(path.read_bytes()))
        with pytest.raises(IndexDamagedError, match=r"copy.* (is damaged|cannot be read)"):
            engine.open(copy, manifest_of(engine, CORPUS))
        shutil.rmtree(copy)


def test_a_changed_byte_is_found_when_the_index_is_opened(engine: Engine, built: Path) -> None:
    for path in [path for path in files(built) if path.name != tables.CHECKSUMS]:
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(IndexDamagedError, match=path.name):
            engine.open(built, manifest_of(engine, CORPUS))
        path.write_bytes(whole)
    engine.open(built, manifest_of(engine, CORPUS)).close()


def test_an_empty_directory_is_no_index(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="missing"):
        engine.open(tmp_path, manifest_of(engine, ()))


def test_an_aborted_writer_leaves_nothing_that_opens(engine: Engine, tmp_path: Path) -> None:
    writer = engine.write(tmp_path)
    writer.add(JOINT)
    writer.abort()
    writer.abort()
    with pytest.raises(IndexDamagedError):
        engine.open(tmp_path, manifest_of(engine, CORPUS))
    remove_tree(tmp_path)


def test_a_reader_answers_as_it_was_opened_while_another_generation_is_written(
    engine: Engine, built: Path, tmp_path: Path
) -> None:
    with engine.open(built, manifest_of(engine, CORPUS)) as reader:
        before = [answered(reader, plan) for plan in PLANS]
        other = tmp_path / "other"
        other.mkdir()
        write(engine, other, (JOINT, UNDATED))
        with engine.open(other, manifest_of(engine, (JOINT, UNDATED), "other")) as newer:
            assert newer.search(PLANS[-1]).total == 5
            assert [answered(reader, plan) for plan in PLANS] == before
            assert newer.manifest.generation == "other"
    assert before[-1][1].total == 8


def test_threads_get_the_answers_that_one_thread_gets(engine: Engine, built: Path) -> None:
    manifest = manifest_of(engine, CORPUS)
    with engine.open(built, manifest) as reader:
        alone = [answered(reader, plan) for plan in PLANS]
    for _ in range(5):
        with engine.open(built, manifest) as reader, ThreadPoolExecutor(8) as threads:
            work = [threads.submit(answered, reader, plan) for _ in range(8) for plan in PLANS]
            work_on_ids = [threads.submit(reader.paragraph, R1) for _ in range(20)]
            assert [each.result() for each in work] == alone * 8
            assert {each.result().id for each in work_on_ids} == {R1}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(corpus=strategies.corpora())
def test_what_was_written_is_what_is_read(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, corpus: tuple[ParsedDocument, ...]
) -> None:
    directory = tmp_path_factory.mktemp("data")
    write(engine, directory, corpus)
    with engine.open(directory, manifest_of(engine, corpus)) as reader:
        assert reader.documents() == tuple(parsed.document for parsed in corpus)
        for parsed in corpus:
            assert reader.paragraphs(parsed.document.id) == parsed.paragraphs
            assert [reader.paragraph(each.id) for each in parsed.paragraphs] == list(parsed.paragraphs)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_kept_and_found_by_its_own_words(engine: Engine, text: str) -> None:
    paragraph = Paragraph(id="A/1#p1", document="A/1", ordinal=1, text=text, section=(text,))
    corpus = (ParsedDocument(document=Document(id="A/1", title=text), paragraphs=(paragraph,)),)
    forms = tuple(token.form for token in analysis.tokens(text))
    with reading(engine, corpus) as reader:
        assert reader.paragraph("A/1#p1") == paragraph
        if forms:
            queries = [Exact(forms), Phrase(forms, "title"), Near(forms, 0), *map(Term, forms), *map(Prefix, forms)]
            assert reader.count(queries) == (1,) * len(queries)


def test_what_no_file_can_hold_is_not_found(engine: Engine, built: Path) -> None:
    """A shell passes bytes that are no text as lone surrogates: they are somebody's typing error, not ours."""
    with engine.open(built, manifest_of(engine, CORPUS)) as reader:
        assert reader.paragraph("\ud800") is None
        assert reader.document("\ud800") is None
        assert reader.paragraphs("\ud800") == ()
        assert reader.similar("\ud800xyz") == ()
        queries = (Term("\ud800"), Prefix("\ud800"), Fuzzy("\ud800xyz"), Value("state", "\ud800"), Exact(("\ud800",)))
        assert reader.count(queries) == (0,) * 5


def test_a_cold_query_for_known_words_imports_no_stemmer(engine: Engine, built: Path) -> None:
    """The index brings the terms of its words along: half a second from cold is what a command may take."""
    code = f"""
import sys
from pathlib import Path
from pilcrow.engine.contract import SearchPlan
from pilcrow.engine.query import And, Term
from tests.contract.engines import ENGINES, manifest_of
engine = next(each for each in ENGINES if each.name == {engine.name!r})
with engine.open(Path({str(built)!r}), manifest_of(engine, ())) as reader:
    assert reader.search(SearchPlan(query=And((Term("victims"), Term("protection"))))).total == 2
assert "nltk" not in sys.modules
"""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
