"""The many ways of writing a citation, brought to the one that Pilcrow prints: ``SYMBOL, para. 12 (a)``.

"see document A/70/12 at ¶ 12(a)", "paragraphs 46 to 51 of A/70/12" (the first of them is meant), "A/70/12, OP5", a link
to the United Nations' servers. Nothing here looks at an index: what is no citation comes out as something that is none.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:undocs|docs\.un|documents\.un)\.org/"
    r"(?:api/symbol/access\?(?:\S*&)?s=|symbol/)?(?:(?:en|fr|es|ar|zh|ru)/)?([^\s?#&]+)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"[(\[\"“”„«‘]\s*(.*?)\s*[)\]\"“”»’]", re.DOTALL)
_BEFORE = re.compile(
    r"^(?:(?:see|also|cf\.?|ibid\.,?|in|of|the|(?:un\s+)?documents?|doc\.?|resolutions?|decisions?)\s+)+(?=\S*/|\S*para|prov:)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?<![^\W_])(?:(?:operative\s+|op\.?\s*|sub-?)?(?:paragraphs?|paras?|pars?)\b\.?|¶+|§+|OP(?=\s*\d))\s*(?=[\d(])",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"subpara\.\s*((?:\(\w{1,5}\)\s*)+)of\s+para\. (\d[\d.]*)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[(\[]\s*(para\. [^\[\]]*?)\s*[)\]]$")
_JOINT = re.compile(r"(?<!unnumbered)\s*(?:[;:,]|\bat\b|\bin\b|\s)\s*(?=para\. )")
_TURNED = re.compile(
    r"(para\. .*?)(?:\s+of\s+|\s*,\s*)(?:(?:the|documents?|resolution|decision)\s+)*(\S*/\S*|prov:\S*)"
)
_BARE = re.compile(r"([^\s,#:]*/[^\s,#:]*)(?:\s*[,:]\s*|#)(\d+)((?:\s*\(\w{1,5}\))*)")
_MORE = re.compile(
    r"(para\. \d[\d.]*(?:\s*\(\w{1,5}\))*)(?=\s*(?:[-‐-―,&]|to\b|and\b|or\b))"
    r"(?:[\s‐-―,&-]|\b(?:to|and|or)\b)+[\d(][\w\s(),.&‐-―-]*"
)
_HALF = re.compile(r"(?<=\d|\))\s+([a-z0-9]{1,5})\)", re.IGNORECASE)
_DOTTED = re.compile(r"(para\. \d+)((?:\.[a-z0-9]{1,5})+)", re.IGNORECASE)


def usual(text: str) -> str:
    """``text`` as Pilcrow would print it, where it is a citation."""
    text = " ".join(text.split())
    text = _LINK.sub(lambda link: unquote(link[1]), text).rstrip(" .")
    wrapped = _WRAPPED.fullmatch(text)
    text = _BEFORE.sub("", wrapped[1] if wrapped else text)
    text = _MARK.sub("para. ", text)
    text = _HALF.sub(r" (\1)", text)
    text = _INSIDE.sub(r"para. \2 \1", _BRACKETED.sub(r", \1", text).replace("para. (", "subpara. ("))
    text = _BARE.sub(r"\1, para. \2\3", text) if _BARE.fullmatch(text) else text
    turned = _TURNED.fullmatch(text)
    text = f"{turned[2]}, {turned[1]}" if turned else _JOINT.sub(", ", text)
    return _MORE.sub(r"\1", text).strip(" ,")


def undotted(text: str) -> str:
    """The usual form of a citation with "59.1.a" read as "59 (1) (a)"."""
    return _DOTTED.sub(lambda found: found[1] + "".join(f" ({part})" for part in found[2][1:].split(".")), text)
