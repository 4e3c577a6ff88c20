"""What is known of a cluster comes from options, the environment and the index, in this order; and never shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilcrow.engine.connection import Connection, connection, environment
from pilcrow.engine.errors import EngineUnavailableError


def test_the_first_source_that_says_something_counts() -> None:
    options = {"url": ("http://a:9200", "http://b:9200/"), "user": None, "shards": 5, "password": ""}
    variables = {
        "PILCROW_OPENSEARCH_URL": "http://c:9200",
        "PILCROW_OPENSEARCH_USER": "me",
        "PILCROW_OPENSEARCH_PASSWORD": "secret",
        "PILCROW_OPENSEARCH_SHARDS": "7",
        "PILCROW_OPENSEARCH_TIMEOUT": "2.5",
        "PILCROW_INDEX": "index",
    }
    stored = {"user": "somebody", "prefix": "un", "timeout": 9}
    assert connection(options, environment(variables), stored, owner="x") == Connection(
        urls=("http://a:9200", "http://b:9200"),
        user="me",
        password="secret",  # noqa: S106  # made up
        timeout=2.5,
        shards=5,
        prefix="un",
        owner="x",
    )


def test_nothing_said_is_three_shards_with_one_copy_and_no_address() -> None:
    assert connection(environment({})) == Connection(
        urls=(), user="", password="", ca="", timeout=30.0, shards=3, replicas=1, prefix="pilcrow", owner=""
    )


def test_the_environment_may_name_several_nodes() -> None:
    variables = {"PILCROW_OPENSEARCH_URL": "http://a:9200, https://b/search  http://a:9200/"}
    assert connection(environment(variables)).urls == ("http://a:9200", "https://b/search")


def test_a_user_and_password_in_an_address_are_taken_out_of_it() -> None:
    found = connection({"url": "https://me:p%40ss%3A@[::1]:9200"})
    assert (found.urls, found.user, found.password) == (("https://[::1]:9200",), "me", "p@ss:")
    assert connection({"user": "other", "password": "x", "url": "http://me:y@h"}).user == "other"


def test_the_password_is_never_printed() -> None:
    found = connection({"url": "http://h", "user": "me", "password": "s3cret"})
    assert "s3cret" not in f"{found!r} {found} {found.where}"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"url": "localhost:9200"},
            "“localhost:9200” is no URL of a cluster; write it like http://localhost:9200 or https://HOST:9200.",
        ),
        (
            {"url": "ftp://me:s3cret@h"},
            "“h” is no URL of a cluster; write it like http://localhost:9200 or https://HOST:9200.",
        ),
        ({"url": "http://h:port"}, "“http://h:port” is no URL of a cluster; write it like"),
        ({"url": "http://"}, "is no URL of a cluster"),
        ({"url": "http://h?pretty"}, "is no URL of a cluster"),
        (
            {"user": "me"},
            "There is no password for the user me; set PILCROW_OPENSEARCH_PASSWORD, or name a file that holds it with "
            "--password-file.",
        ),
        (
            {"shards": "many"},
            "“many” is no shards of a cluster: it takes a whole number from 1; see --shards or "
            "PILCROW_OPENSEARCH_SHARDS.",
        ),
        ({"replicas": -1}, "it takes a whole number from 0"),
        ({"timeout": "nan"}, "it takes a number from 1"),
        (
            {"prefix": "Big/x"},
            "“Big/x” cannot begin the name of an index on a cluster: it takes small letters, digits, - and _; see "
            "--prefix or PILCROW_OPENSEARCH_PREFIX.",
        ),
        (
            {"ca": "/nowhere/ca.pem"},
            "There is no file /nowhere/ca.pem with the certificate of an authority; name it with --ca or "
            "PILCROW_OPENSEARCH_CA.",
        ),
    ],
)
def test_what_cannot_be_used_is_said(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(EngineUnavailableError) as caught:
        connection(said)
    assert sentence in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_the_authority_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ca.pem").write_text("")
    monkeypatch.chdir(tmp_path)
    assert connection({"ca": "ca.pem"}).ca == str(tmp_path / "ca.pem")
