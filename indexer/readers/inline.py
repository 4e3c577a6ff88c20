r"""One line of marked-up text -> plain text, and where its note markers stood.

Converters write the same superscript in a dozen ways: ``¹²``, ``<sup>12</sup>``, ``$^{12}$``, ``[^12]``, ``\\*``. All
become one sentinel first, so that every later step (emphasis, spaces, slips of character recognition, joining of
wrapped lines) can treat the text as text without losing them; :func:`extract` takes them out last, with offsets.
"""

from __future__ import annotations

import html
import re
import unicodedata

from indexer.blocks import NoteRef

OPEN, CLOSE, _STAR = "\ue000", "\ue001", "\ue002"
SENTINEL = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
DEFINITION = re.compile(f"^(?:{OPEN}([^{CLOSE}]+){CLOSE})[.):]?\\s*(?=\\S)")

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_SUP_RUN = re.compile(f"[{_SUPERSCRIPTS}]+(?:[,˒][{_SUPERSCRIPTS}]+)*")
_SUP_LEFTOVER = str.maketrans({"⁽": "(", "⁾": ")", "⁻": "-", "⁄": "/"})
_UNITS = re.compile(r"(?:^|[\s(])(?:[kcmd]?m|ft|CO)$")
_SUP_TAG = re.compile(r"<sup>\s*(.*?)\s*</sup>", re.IGNORECASE)
_NOTE_CONTENT = re.compile(r"^(?:\d{1,3}|[a-z]|\*{1,3}|[†‡§])(?:\s*,\s*(?:\d{1,3}|[a-z]))*$")
_BRACKETED = re.compile(r"^[\[(]\s*(.*?)\s*[\])]$")
_CARET_NOTE = re.compile(r"\^(\d{1,3}|\*{1,3})\^")
_BRACKET_NOTE = re.compile(r"\[\^([\w*]{1,4})\](:?)")
_MATH = re.compile(r"\$([^$\n]{1,120})\$")
_MATH_NOTE = re.compile(r"^\s*(.*?)\^\s*\{?\s*\^?\s*\{?\s*(\d{1,3}|\*)\s*\}?\s*(?:\\[,;! ])?\s*\}?\s*(.*)$")
_MATH_COMMAND = re.compile(r"\\(?:text|mathrm|mathbf|mathit|it|rm|bf)\b|\\[,;! ]|[{}]")
_SPACED_CAPITAL = re.compile(r"\b([A-Z]) ([a-z]{2,})")
_ESCAPED_STARS = re.compile(r"(?<=\S)((?:\\\*){1,3})(?=[\s.,;:)]|$)|^((?:\\\*){1,3})(?=\s?\S)")
_LOOSE_STARS = re.compile(r"(?<=[\w.:,;)”’])(\*{1,3})(?=[\s.,;:)]|$)|(?<=[A-Za-z:,.]) (\*{1,3})(?=\s|$)")
_TAGS = re.compile(r"</?(?:i|b|em|strong|u|span|div|p|center|small|font|sub|a|mark)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]\[]+)\]\((?:https?|mailto|#|/)[^)\s]*\)")
_EMPHASIS = (
    re.compile(r"\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*"),
    re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"),
    re.compile(r"(?<![\w_])__(?=\S)(.+?)(?<=\S)__(?![\w_])"),
    re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"),
)
_PADDED_EMPHASIS = re.compile(r"\*\*\s+([^*]+?)\s*\*\*|\*\*([^*]+?)\s+\*\*")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&$])")
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_SPACE_BEFORE_HYPHEN = re.compile(r"(?<=[a-z]) -(?=[a-z])")
_SPACE_BEFORE_STOP = re.compile(rf"(?<=[\w)\]”’{CLOSE}]) (?=[,.](?:\s|$|{OPEN}))")
_PADDED_PARENTHESES = re.compile(r"(?:(?<=\s)|(?<=^))\( (?=\w)|(?<=[\w)]) \)")
_STOP_BEFORE_CAPITAL = re.compile(r"(?<=[A-Za-z)]) \.(?=[A-Z][a-z])")


def mark_stars(text: str) -> str:
    """``text`` with the loose stars that are note markers made sentinels ("Iraq:* draft resolution")."""
    return _LOOSE_STARS.sub(lambda found: sentinel(found.group(1) or found.group(2)), text)


def clean(text: str) -> str:
    """``text`` without ligatures, invisible characters and double spaces, its letters composed; sentinels stay."""
    return _SPACES.sub(" ", _composed(text)).strip(" ")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_LIGATURES))


def raised(content: str, before: str) -> str:
    """Raised text as a note's sentinel, or as plain text where it is none: a power (after "km"), an ending ("1st")."""
    if len(content) == 1 and _UNITS.search(before):
        return content
    bare = _BRACKETED.sub(r"\1", content)
    return sentinel(bare) if _NOTE_CONTENT.match(bare) else content


def mark(line: str) -> str:
    """``line`` as plain text with single spaces, each note marker a sentinel around its plain digits or signs."""
    text = _composed(line)
    text = _COMMENT.sub("", _IMAGE.sub("", text))
    text = _LINK.sub(r"\1", _BREAK_TAG.sub(" ", text))
    text = _mark_notes(text)
    text = _TAGS.sub("", text).replace("`", "")
    text = _unemphasise(text)
    text = mark_stars(text)
    text = html.unescape(_ESCAPE.sub(r"\1", text)).translate(_SUP_LEFTOVER)
    return _SPACES.sub(" ", text).strip(" ")


def mend(text: str) -> str:
    """``text`` without the spaces that character recognition puts before punctuation and inside parentheses."""
    text = _SPACE_BEFORE_HYPHEN.sub("-", text)
    text = _PADDED_PARENTHESES.sub(lambda found: found.group().strip(), _STOP_BEFORE_CAPITAL.sub(". ", text))
    return _SPACE_BEFORE_STOP.sub("", text)


def markers(held: str) -> tuple[str, ...]:
    """The note markers that one sentinel holds (its first group), as printed."""
    return tuple(each.strip().replace(_STAR, "*") for each in held.split(",") if each.strip())


def extract(marked: str) -> tuple[str, tuple[NoteRef, ...]]:
    """The text without its sentinels, and a reference for each of them at the offset where it stood."""
    out: list[str] = []
    length = 0
    refs: list[NoteRef] = []
    last = 0
    for found in SENTINEL.finditer(marked):
        piece = marked[last : found.start()]
        last = found.end()
        follows_space = last < len(marked) and (marked[last].isspace() or marked[last] in ".,;:)")
        kept = piece.rstrip(" ") if follows_space or last == len(marked) else piece
        kept = kept.lstrip(" ") if not length else kept
        out.append(kept)
        length += len(kept)
        stood = length - 1 if kept.endswith(" ") else length
        refs.extend(NoteRef(marker=each, at=stood) for each in markers(found.group(1)))
    out.append(marked[last:] if length else marked[last:].lstrip(" "))
    text = "".join(out).rstrip(" ")
    return text, tuple(NoteRef(marker=ref.marker, at=min(ref.at, len(text))) for ref in refs)


def sentinel(marker: str) -> str:
    """A note's marker as it stands in marked text, so that no later step takes it for words."""
    return f"{OPEN}{marker.replace(' ', '').replace('*', _STAR)}{CLOSE}"


def _mark_notes(text: str) -> str:
    text = _SUP_TAG.sub(lambda found: _from_tag(found, text), text)
    text = _CARET_NOTE.sub(lambda found: sentinel(found.group(1)), text)
    text = _BRACKET_NOTE.sub(lambda found: sentinel(found.group(1)), text)
    text = _MATH.sub(_from_math, text)
    text = _SUP_RUN.sub(lambda found: _from_superscript(found, text), text)
    return _ESCAPED_STARS.sub(lambda found: sentinel((found.group(1) or found.group(2)).replace("\\", "")), text)


def _from_tag(found: re.Match[str], text: str) -> str:
    content = _TAGS.sub("", found.group(1)).replace("\\", "").strip()
    return raised(content, text[: found.start()])


def _from_superscript(found: re.Match[str], text: str) -> str:
    digits = found.group().replace("˒", ",").translate(_DIGITS)
    is_power = len(digits) == 1 and _UNITS.search(text[: found.start()])
    return digits if is_power else sentinel(digits)


def _from_math(found: re.Match[str]) -> str:
    """A formula that converters make of a superscript: its marker, and the words that fell into it."""
    note = _MATH_NOTE.match(found.group(1))
    if note is None:
        plain = _MATH_COMMAND.sub("", found.group(1))
        return plain if re.search(r"[A-Za-z%°]", plain) else found.group()
    before, marker, after = (_MATH_COMMAND.sub("", part).strip() for part in note.groups())
    after = _SPACED_CAPITAL.sub(r"\1\2", after)
    return f"{before}{sentinel(marker)} {after}".rstrip()


def _unemphasise(text: str) -> str:
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return _PADDED_EMPHASIS.sub(lambda found: f" {(found.group(1) or found.group(2)).strip()} ", text)
