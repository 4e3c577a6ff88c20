"""Mastheads in other official languages say what English ones say."""

from __future__ import annotations

import pytest

from indexer import front_foreign
from pilcrow.engine.model import AgendaItem
from tests.indexer.test_masthead_printed import keys, read

FRENCH = """
    Nations Unies
    A/RES/98/228
    #1 Assemblée générale
    Distr. générale
    22 décembre 2043
    Français
    Original : anglais
    #3 Quatre-vingt-dix-huitième session
    Point 107 de l’ordre du jour
    #3 Prévention du vent
    #1 Résolution adoptée par l’Assemblée générale le 1er décembre 2043
    [sur la base du rapport de la Troisième Commission (A/98/482, par. 29)]
    #2 98/228. Cerfs-volants
"""
SPANISH = """
    Naciones Unidas
    A/99/757
    #1 Asamblea General
    Distr. general
    1 de enero de 2045
    Español
    Original: inglés
    #3 Nonagésimo noveno período de sesiones
    Tema 65 a) del programa provisional*
    #3 Viento
    #1 Carta de fecha 15 de enero de 2045 dirigida al Secretario General
"""
RUSSIAN = """
    Организация Объединенных Наций
    A/99/13
    #1 Генеральная Ассамблея
    Distr.: General
    7 January 2045
    Russian
    Original: French
    #3 Девяносто девятая сессия
    Пункты 13 и 15 повестки дня
    #3 Ветер
    #3 Змеи
    #1 Доклад Генерального секретаря
"""
CHINESE = """
    联合国
    A/99/L.3
    #1 大会
    Distr.: Limited
    7 January 2045
    Chinese
    Original: English
    第九十九届会议
    议程项目 107
    #3 风
    #1 风筝
"""


@pytest.mark.parametrize(
    ("lines", "date", "language", "original", "kind", "title", "agenda"),
    [
        (FRENCH, "2043-12-22", "fr", "en", "resolution", "Cerfs-volants", [("107", "Prévention du vent")]),
        (
            SPANISH,
            "2045-01-01",
            "es",
            "en",
            "letter",
            "Carta de fecha 15 de enero de 2045 dirigida al Secretario General",
            [("65 (a)", "Viento")],
        ),
        (
            RUSSIAN,
            "2045-01-07",
            "ru",
            "fr",
            "report",
            "Доклад Генерального секретаря",
            [("13", "Ветер"), ("15", "Змеи")],
        ),
        (CHINESE, "2045-01-07", "zh", "en", "draft", "风筝", [("107", "风")]),
    ],
)
def test_a_masthead_in_another_language_is_read(lines, date, language, original, kind, title, agenda):
    found = read(lines)
    assert (found.date, found.date_kind, found.language, found.original_language) == (
        date,
        "distribution",
        language,
        original,
    )
    assert (found.type, found.title) == (kind, title)
    assert found.agenda == [AgendaItem(number=number, title=named) for number, named in agenda]
    assert keys(found) in (["A/98"], ["A/99"])


def test_the_day_of_adoption_is_read_in_another_language():
    assert read(FRENCH).adopted == "2043-12-01"


@pytest.mark.parametrize("line", ["Seventy-ninth session", "Fifteen kites", "Original music", "Cerfs-volants de mai"])
def test_what_is_no_known_form_of_another_language_stays_as_it_is(line):
    assert front_foreign.in_english(line) == line
