"""One table of settings, three places that may say something, and a sentence for what cannot be used."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from pilcrow.cli.settings_reference import reference
from pilcrow.configuration import SettingError, configured, index_of_file, written
from pilcrow.settings import TABLE, Settings
from tests.conftest import ROOT


def test_the_table_has_every_field_of_the_settings_with_its_own_default() -> None:
    assert [row.name for row in TABLE] == [field.name for field in fields(Settings)]
    assert Settings() == Settings(**{row.name: row.default for row in TABLE})
    assert configured({}, environment={}).settings == Settings()


def test_an_option_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('port = 1\nthreads = 2\ntimeout = 3\nhosts = ["a.org", ".b.org"]\n')
    environment = {"PILCROW_PORT": "4", "PILCROW_THREADS": "5", "PILCROW_CONFIG": str(file), "PILCROW_HTTPS": "Yes"}
    found = configured({"port": 6, "hosts": (), "host": None}, environment=environment)
    settings = found.settings
    assert (settings.port, settings.threads, settings.timeout, settings.hosts, settings.https) == (
        6,
        5,
        3.0,
        ("a.org", ".b.org"),
        True,
    )
    names = ("port", "threads", "timeout", "https", "host")
    assert [found.origins[name] for name in names] == [
        "option --port",
        "PILCROW_THREADS",
        str(file),
        "PILCROW_HTTPS",
        "default",
    ]


def test_every_setting_written_into_the_environment_is_read_back() -> None:
    settings = Settings(port=80, https=True, hosts=("a.org", "b.org"), rate=0.5, log="json", base_url="https://a.org")
    environment = {row.variable: written(getattr(settings, row.name)) for row in TABLE}
    assert configured({}, environment=environment).settings == settings


def test_a_relative_index_in_the_file_starts_at_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pilcrow.toml").write_text('index = "built/index"\n')
    monkeypatch.chdir(tmp_path)
    assert configured({}, environment={}).settings.index.resolve() == tmp_path / "built" / "index"
    assert index_of_file({}).resolve() == tmp_path / "built" / "index"
    monkeypatch.chdir("/")
    named = {"PILCROW_CONFIG": str(tmp_path / "pilcrow.toml")}
    assert index_of_file(named) == tmp_path / "built" / "index"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "tcp://10.0.0.1:80", "port cannot be “tcp://10.0.0.1:80”; it takes a whole number from 0 to 65535."),
        ("PORT", "70000", "port cannot be “70000”; it takes a whole number from 0 to 65535."),
        ("TIMEOUT", "nan", "timeout cannot be “nan”; it takes a number from 0.1 to 3600."),
        ("RATE", "-1", "rate cannot be “-1”; it takes a number from 0."),
        ("HTTPS", "perhaps", "https cannot be “perhaps”; it takes yes or no."),
        ("LOG", "jsn", "log cannot be “jsn”; did you mean json?"),
        ("LOG", "xml", "log cannot be “xml”; it is one of text, json, none."),
        ("PROXIES", "10.0.0.0/33", "it takes addresses or networks such as 127.0.0.1 or 10.0.0.0/8."),
        ("HOSTS", "https://a.org", "it takes names such as search.example.org, or .example.org for all below, "),
        ("BASE_URL", "search.example.org", "it takes an address such as https://search.example.org, without a path."),
    ],
)
def test_a_value_that_cannot_be_used_is_said_with_what_would_be_right(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        configured({}, environment={f"PILCROW_{name}": value})
    assert str(error.value).startswith(f"PILCROW_{name}: ")
    assert sentence in str(error.value)


def test_a_name_that_is_nearly_right_is_refused_and_one_of_other_programs_is_not() -> None:
    with pytest.raises(SettingError, match=r"^The environment has PILCROW_TIMOUT, .* did you mean PILCROW_TIMEOUT\?$"):
        configured({}, environment={"PILCROW_TIMOUT": "3"})
    others = {"PILCROW_SERVICE_HOST": "10.0.0.1", "PILCROW_OPENSEARCH_URL": "http://h:9200", "PILCROW_REQUIRE_ALL": "1"}
    assert configured({}, environment=others).settings == Settings()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("prot = 1\n", "has prot, which is no setting; did you mean port?"),
        ("colour = 1\n", "has colour, which is no setting; docs/settings.md lists them all."),
        ("port = \n", "is no TOML ("),
        ('port = "x"\n', "port cannot be “x”; it takes a whole number from 0 to 65535."),
        ("port = true\n", "port cannot be “yes”; it takes a whole number from 0 to 65535."),
        ("host = 3\n", "host cannot be “3”; it takes text in quotes."),
    ],
)
def test_what_is_wrong_with_the_file_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "pilcrow.toml"
    file.write_text(content)
    with pytest.raises(SettingError) as error:
        configured({}, environment={}, file=file)
    assert str(error.value).startswith(str(file))
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"There is no file .*none\.toml; name another with --config"):
        configured({}, environment={"PILCROW_CONFIG": str(tmp_path / "none.toml")})


def test_the_page_of_settings_is_made_from_the_table() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == reference()
