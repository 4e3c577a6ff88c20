"""Documents of one title in a list: what tells them apart."""

from __future__ import annotations

from pilcrow.engine.model import Document, Session
from webui.titles import asides, origin

ASSEMBLY = Session(key="A/79", label="General Assembly, seventy-ninth session", body="A", number=79)


def test_only_titles_that_several_have_get_an_aside_whatever_their_capitals_and_spaces() -> None:
    documents = [
        Document(id="A/79/1", title="Draft report", body="A", sessions=(ASSEMBLY,)),
        Document(id="prov:draft", title="DRAFT  report", body="S"),
        Document(id="A/79/2", title="Letter", body="A", sessions=(ASSEMBLY,)),
        Document(id="prov:untitled"),
        Document(id="prov:untitled-too"),
    ]
    assert asides(documents) == {
        "A/79/1": "General Assembly, seventy-ninth session",
        "prov:draft": "Security Council",
    }


def test_the_body_is_named_once() -> None:
    third = Document(id="A/C.3/79/L.1", body="A/C.3", sessions=(ASSEMBLY,))
    assert origin(third) == "Third Committee, General Assembly, seventy-ninth session"
    assert origin(Document(id="prov:x")) == ""
