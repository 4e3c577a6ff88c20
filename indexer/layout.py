"""Small questions about printed lines that several steps ask, such as whether one ends a sentence.

The words they need are data (``data/layout.toml``), not code.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_CLOSERS = "”’\"')]»"
_TERMINAL = re.compile(r"[.;:!?…][”’\"')\]»]*$|^.*\([^()]*\)[.;:]$")
_BARE_CITATION = re.compile(r"(?<=[A-Za-z)][A-Za-z)”’][.;:!?])\d{1,3}(?:,\s?\d{1,3})*$")
"""A note's marker at the end of a sentence, where a converter lost that it was raised."""

_LOOSE_CITATION = re.compile(r"(?<=[a-z\d)”’][.,;:]) \d{1,3}$")
_LAST_WORD = re.compile(r"([^\W\d_][\w.]*)\.?$")
_SENTENCE_BREAK = re.compile(r"(?:[a-z)]{2}|[a-z][”’\"'])[.!?][”’\"']?\s+[A-Z“\"]")
_PREAMBULAR = re.compile(
    r"^(?!United\b|Limited\b|During\b|According\b|Regarding\b|Concerning\b|Following\b)(?=[A-Z])(?:(?:Also|Further|Deeply|Gravely|Fully|Strongly|Seriously|Keenly|Profoundly|Once)\s)?"
    r"(?:[A-Z]?[a-z]{2,}ing|[A-Z]?[a-z]{2,}[^e\W]ed|[Mm]indful|[Aa]ware|[Cc]onscious|[Cc]ognizant)\b"
)
_ORGAN_LINE = re.compile(
    r"^The (?:[A-Z][\w’'-]*|of|the|on|and|to|for|in|its|against|United|States)(?:[ ,]+[\w’'()-]+){0,24} ?,$"
)
_SPONSORS = re.compile(
    r":\*{0,2}\s(?:revised\s|amended\s)?draft\s(?:resolution|decision|amendment)s?\W*$"
    r"|^Draft (?:resolution|decision) submitted by\b",
    re.IGNORECASE,
)
_ORGAN_COLON = re.compile(
    r"^The (?:(?:[A-Z][\w’'-]*|of|the|on|and|to|for|in|against)\s?){0,14}"
    r"(?:Assembly|Council|Commission|Committee|Conference|Board|Forum|Party|Parties)\s?:$"
)
_BARE_ORGAN = re.compile(
    r"^The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council)$"
)
_VOTE_LIST = re.compile(
    r"^(?:In favour|Against|Abstain(?:ing|ed)|Absent|Not (?:voting|participating))\s?:(?:\s|$)", re.IGNORECASE
)
_SPEECH = re.compile(
    r"^(?:The (?:Acting |Temporary )?(?:President|Chair(?:man|person|woman)?|Secretary-General)"
    r"|(?:Mrs?|Ms|Miss|Mme|Dr|Sir|Dame|Lord|Prince|King|Archbishop|Monsignor)\.? [^:.]{2,60})"
    r"(?:\s?\([^()]{2,60}\)){0,2}(?:, [^:.]{2,80})?\s?:\s"
)
_ASIDE = re.compile(r"^\(?(?:spoke|speaking|continued|interpretation|translation)\b[^()]{0,60}\)?$", re.IGNORECASE)
_CHAIR_TAKEN = re.compile(r"\b(?:took|in) the Chair\.?$", re.IGNORECASE)
_SPOKEN_IN = re.compile(r"\s?\((?:spoke|speaking|continued|interpretation|translation)\b[^()]*\)", re.IGNORECASE)
_NOTICE = re.compile(
    r"^(?:\*+\s?)?(?:\d{2}-\d{5}(?:\s\([A-Z]\))?\s+)?(?:This (?:provisional )?record (?:contains|is subject to)\b"
    r"|Corrections (?:to this record )?should be submitted)"
)
_SIGNED = re.compile(r"^\(?\s?(?:Signed|Signé|Firmado)\s?\)")
_CLOSING = re.compile(
    r"^(?:\d{1,4}(?:st|nd|rd|th)\s+(?:\(resumed\)\s+)?(?:plenary\s+|resumed\s+)?meeting\b.{0,60}"
    r"|(?:\[)?Adopted (?:at|by|without|on)\b.{0,160})$"
)
_DATE_LINE = re.compile(r"^(?:[A-Z][\w .'-]{2,30},\s)?\d{1,2}\s[A-Z][a-z]+\s\d{4}\.?$")


@cache
def _words(key: str) -> frozenset[str]:
    table = tomllib.loads((files("indexer") / "data" / "layout.toml").read_text(encoding="utf-8"))
    return frozenset(word.casefold() for word in table[key])


def is_chapter(title: str) -> bool:
    """Whether an unnumbered heading is one that documents give their main chapters ("Introduction")."""
    return title.strip(" .:").casefold() in _words("chapters")


def is_contents(title: str) -> bool:
    """Whether a heading announces the list of contents."""
    return title.strip(" .:*").casefold() in _words("contents")


def is_part(title: str) -> bool:
    """Whether a heading begins an annex, appendix or enclosure ("Annex II", "Annex I: List of respondents")."""
    first = re.split(r"[\s:.\-–—*]", title.strip().casefold(), maxsplit=1)[0]
    if first not in _words("parts"):
        return False
    rest = title.strip()[len(first) :].strip()
    return not rest or bool(
        re.match(r"^(?:[IVXLC]{1,5}|\d{1,2}|[A-Z])\b(?!\.\d)|^[:.\-–—*]|^(?:to|of|à|de|du|a la)\b", rest)
    )


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a mark that ends a sentence or an item, abbreviations aside."""
    if "/" not in text[text.rfind(" ") + 1 :]:  # a symbol's end ("EC-94/DEC.2") is no note's marker
        text = _BARE_CITATION.sub("", text)
    if not _TERMINAL.search(text):
        return False
    if text.rstrip(_CLOSERS) == text and text.endswith("."):
        last = _LAST_WORD.search(text)
        return last is None or last.group(1).rstrip(".").casefold() not in _words("abbreviations")
    return True


def ends_in_citation(text: str) -> bool:
    """Whether ``text`` ends in a note's marker that is no longer raised ("two weeks.5", "of children, 4")."""
    return bool(_BARE_CITATION.search(text) or _LOOSE_CITATION.search(text))


def is_unfinished(text: str) -> bool:
    """Whether ``text`` ends with a word that nothing ends with ("of", "the"), or inside a parenthesis."""
    last = re.search(r"(?<!\w)([^\W\d_]+)$", text)
    return (last is not None and last.group(1).casefold() in _words("unfinished")) or open_parenthesis(text)


def open_parenthesis(text: str) -> bool:
    """Whether the last parenthesis that ``text`` opens is still open at its end."""
    return text.rfind("(") > text.rfind(")") and text.count("(") > text.count(")")


def has_sentence_break(text: str) -> bool:
    """Whether one sentence ends and another begins inside ``text``."""
    return bool(_SENTENCE_BREAK.search(text))


def starts_lower(text: str) -> bool:
    """Whether ``text`` begins with a lower-case letter, as only the rest of a sentence does."""
    first = next((char for char in text if char.isalpha() or char.isdigit()), "")
    return first.islower()


def is_preambular(text: str) -> bool:
    """Whether ``text`` begins as a resolution's preambular paragraph does ("Recalling", "Deeply concerned")."""
    return bool(_PREAMBULAR.match(text))


def is_organ_line(text: str) -> bool:
    """Whether ``text`` is the line of a resolution that names the organ which speaks ("The General Assembly,")."""
    return any(pattern.match(text) for pattern in (_ORGAN_LINE, _BARE_ORGAN, _ORGAN_COLON))


def is_vote_label(text: str) -> bool:
    """Whether ``text`` only announces a voting list ("In favour:"), so that the list below is of the same paragraph."""
    return is_vote_list(text) and text.endswith(":")


def is_vote_list(text: str) -> bool:
    """Whether ``text`` begins a voting list ("Against: Chile, Peru"), its names on the same line or below."""
    return bool(_VOTE_LIST.match(text))


def is_speech(text: str) -> bool:
    """Whether ``text`` begins with who speaks, as a record prints it ("Mr. Diallo (Guinea) (spoke in French): ...")."""
    return bool(_SPEECH.match(text))


def speaker(text: str) -> str:
    """Who speaks in a paragraph that begins a speech, as printed ("Mr. Diallo (Guinea)"); "" where none is named."""
    found = _SPEECH.match(text)
    return _SPOKEN_IN.sub("", found.group().rstrip(" :")) if found else ""


def is_aside(text: str) -> bool:
    """Whether ``text`` only says in what language a speech goes on ("(spoke in French)")."""
    return bool(_ASIDE.match(text))


def ends_speech(text: str) -> bool:
    """Whether what a record sets in italics ends a speech; a change in the chair does not."""
    return not _CHAIR_TAKEN.search(text)


def is_notice(text: str) -> bool:
    """Whether ``text`` is what every record says of itself: what it contains, and how it is corrected."""
    return bool(_NOTICE.match(text))


def is_seat(text: str) -> bool:
    """Whether ``text`` only names a city where the United Nations meet."""
    return text.strip(" .*").casefold() in _words("seats")


def is_agenda_part(title: str) -> bool:
    """Whether a heading announces the agenda's list in a document that annotates it below ("Provisional agenda")."""
    return title.strip(" .:*").casefold() in _words("agendas")


def begins_unfinished(text: str) -> bool:
    """Whether ``text`` begins with a word that no title begins with ("OF", "IN"), so that it goes on with another."""
    return text.split(maxsplit=1)[0].casefold() in _words("unfinished") - {"the", "a", "an"} if text.split() else False


def is_sponsor_list(text: str) -> bool:
    """Whether ``text`` is the list of a draft's sponsors ("Albania and Chile: draft resolution")."""
    return bool(_SPONSORS.search(text))


def is_signature(text: str) -> bool:
    """Whether ``text`` begins a signature ("(Signed) ...")."""
    return bool(_SIGNED.match(text))


def is_closing(text: str) -> bool:
    """Whether ``text`` is a line that closes a resolution: its meeting, its adoption, its date alone."""
    return bool(_CLOSING.match(text) or _DATE_LINE.match(text))
