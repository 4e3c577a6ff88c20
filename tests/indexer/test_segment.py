"""Blocks to paragraphs: markers, parents, sections, notes, and what is no paragraph."""

from __future__ import annotations

import pytest

from indexer.outline import Outline
from indexer.readers.text import blocks
from indexer.segment import segment


def units(text: str) -> list[str]:
    """The units of ``text`` as short strings: parents and marker, section in brackets, text, notes in braces."""
    out = []
    for unit in segment(blocks(text)).units:
        chain = " ".join((*unit.parents, unit.marker)).strip()
        section = f"[{' | '.join(unit.section)}]" if unit.section else ""
        notes = " ".join(f"{{{note.marker}: {note.text}}}" for note in unit.notes)
        out.append(" ".join(part for part in (chain, section, unit.text, notes) if part))
    return out


def test_numbered_lettered_and_roman_paragraphs_stand_under_each_other():
    text = (
        "1. States should:\n(a) Act now, by:\n(i) Planning;\n(ii) Paying;\n(b) Report.\n2. UNODC should help.\n"
        "- At once\n"
    )
    assert units(text) == [
        "1 States should:",
        "1 (a) Act now, by:",
        "1 (a) (i) Planning;",
        "1 (a) (ii) Paying;",
        "1 (b) Report.",
        "2 UNODC should help.",
        "2 - At once",
    ]


def test_the_letter_i_follows_h_and_is_no_roman_number():
    letters = "".join(f"({letter}) Do it;\n" for letter in "abcdefghij")
    assert units("1. States should:\n" + letters)[-2:] == ["1 (i) Do it;", "1 (j) Do it;"]


def test_letters_under_headings_below_a_numbered_paragraph_are_its_own():
    text = "## Recommendations\n10. They adopted these.\n### 1. Victims\n(a) Help.\n### 2. Research\n(a) Study.\n"
    assert units(text) == [
        "10 [Recommendations] They adopted these.",
        "10 (a) [Recommendations | 1. Victims] Help.",
        "10 (a) [Recommendations | 2. Research] Study.",
    ]


def test_a_list_below_a_colon_is_nested_and_the_main_numbering_goes_on_after_it():
    text = (
        "59. It adopted its agenda:\n\n1. Organizational matters:\n - (a) Opening;\n2. Other matters.\n\n"
        "D. Attendance\n\n60. All came.\n"
    )
    assert units(text) == [
        "59 It adopted its agenda:",
        "59 1 Organizational matters:",
        "59 1 (a) Opening;",
        "59 2 Other matters.",
        "60 [D. Attendance] All came.",
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\n\n---\n\n", "\n\n4\n\n", "\n\n---\n\n¹ See A/1.\n\n"])
def test_a_paragraph_that_a_page_break_or_a_note_cuts_is_one(gap):
    text = (
        f"1. The Working Group was informed that it was working closely with national{gap}authorities on it.¹\n\n"
        f"¹ See A/1."
    )
    assert units(text)[0].startswith(
        "1 The Working Group was informed that it was working closely with national authorit"
    )
    assert len(units(text)) == 1


def test_a_states_name_cut_by_a_break_is_whole_again():
    text = "8. Statements were made by Pakistan, Iran (Islamic\n\n---\n\nRepublic of), Algeria and Brazil."
    assert units(text) == ["8 Statements were made by Pakistan, Iran (Islamic Republic of), Algeria and Brazil."]


def test_notes_out_of_order_cut_in_two_and_with_lists_belong_to_those_who_cite_them():
    text = (
        "The first of all claims.¹ The second claim.² The purpose of the Protocol.³\n\n"
        "² Austria, Croatia, Serbia,\n\nUruguay. See also A/2.\n\n"
        "¹ Belarus.\n\n³ It is defined so:\n\na) To prevent it;\n\nb) To punish it.\n\nThe next paragraph is here.\n"
    )
    assert units(text) == [
        "The first of all claims. The second claim. The purpose of the Protocol. {1: Belarus.} "
        "{2: Austria, Croatia, Serbia, Uruguay. See also A/2.} "
        "{3: It is defined so: a) To prevent it; b) To punish it.}",
        "The next paragraph is here.",
    ]


def test_a_piece_of_a_note_above_the_notes_does_not_tear_the_paragraph():
    text = (
        "1. Demand could be discouraged by awareness that they do not only constitute breaches of labour "
        "laws.¹ They are³\n\n"
        "The Mubarak Movement. See recommendation 7.\n\n¹ Bangladesh, the National Council,\n\n³ Peru.\n\n"
        "but in fact offences.\n"
    )
    assert units(text) == [
        "1 Demand could be discouraged by awareness that they do not only constitute breaches of labour laws. They are "
        "but in fact offences. {1: Bangladesh, the National Council, The Mubarak Movement. See recommendation "
        "7.} {3: Peru.}"
    ]


def test_a_marker_lost_among_the_words_is_found_between_its_neighbours():
    text = (
        "1. Reports are useful.¹ Cooperation must be strengthened 2 to enable the detection of article 2 crimes.³\n\n"
        "¹ One.\n\n² Two.\n\n³ Three.\n"
    )
    assert units(text) == [
        "1 Reports are useful. Cooperation must be strengthened to enable the detection of article 2 crimes. "
        "{1: One.} {2: Two.} {3: Three.}"
    ]


def test_a_resolution_has_unmarked_preambular_paragraphs_and_no_organ_line():
    text = (
        "A/RES/99/1\n\n# General Assembly\n\n### 99/1. A world without traffic\n\n*The General Assembly*,\n\n"
        "*Recalling* its resolution 64/293 of 30 July 2010,\n\n*Deeply concerned* at the number of victims in all,\n\n"
        "1. *Urges* States:\n\n(a) To act;\n\n2. *Decides* to remain seized.\n\n10th plenary meeting\n"
        "19 December 2044\n"
    )
    assert units(text) == [
        "Recalling its resolution 64/293 of 30 July 2010,",
        "Deeply concerned at the number of victims in all,",
        "1 Urges States:",
        "1 (a) To act;",
        "2 Decides to remain seized.",
    ]


def test_the_masthead_the_contents_and_the_signature_are_no_paragraphs_but_the_rapporteur_is():
    text = (
        "Distr.: Limited\n\n20 October 2010\n\n### Draft report\n\n*Rapporteur:* Jane Doe (Belarus)\n\n"
        "Contents\n\n\tPage\n"
        "Introduction\t3\nI. The matter\t5\n\nIntroduction\n\nThis is what we have to say about the whole matter.\n\n"
        "I. The matter\n\n1. It is so.\n\n(Signed) John Doe\nPermanent Representative\n"
    )
    assert units(text) == [
        "Rapporteur: Jane Doe (Belarus)",
        "[Introduction] This is what we have to say about the whole matter.",
        "1 [I. The matter] It is so.",
    ]


def test_rows_are_units_without_their_header():
    text = "1. See below.\n\nAnnex\n\nList of documents\n\n<i>Symbol</i>\t<i>Title</i>\nA/1\tReport\nA/2\tLetter\n"
    assert units(text) == [
        "1 See below.",
        "[Annex | List of documents] A/1 Report",
        "[Annex | List of documents] A/2 Letter",
    ]


def test_a_voting_list_is_one_unit_and_a_quotation_belongs_to_its_chapeau():
    text = (
        "5. The vote was:\n\n_In favour_ :\n\nAlgeria, Andorra.\n\n_Against_ : None.\n\n6. The text reads:\n\n"
        "“All shall act.”\n"
    )
    assert units(text) == [
        "5 The vote was:",
        "5 In favour : Algeria, Andorra.",
        "5 Against : None.",
        "6 The text reads:",
        "6 “All shall act.”",
    ]


@pytest.mark.parametrize(
    ("headings", "path"),
    [
        (["I. One", "A. First", "1. Small", "B. Second"], ["I. One", "B. Second"]),
        (["I. One", "A. First", "Deliberations", "II. Two"], ["II. Two"]),
        (["II. Two", "F. Last", "Recommendations and conclusions"], ["Recommendations and conclusions"]),
        (["Agenda item 2: Review", "Deliberations", "Recommendations"], ["Agenda item 2: Review", "Recommendations"]),
        (["Annex II", "A subtitle", "A. General"], ["Annex II", "A subtitle", "A. General"]),
        (["Annex III", "A framework", "Introduction", "I. What it is"], ["Annex III", "A framework", "I. What it is"]),
        (["IV. How", "A) One", "B) Two", "a. Three", "b. Four"], ["IV. How", "B) Two", "b. Four"]),
        (["III. Here", "V. There"], ["V. There"]),
        (["H. Eighth", "I. Ninth"], ["I. Ninth"]),
        (["1. One", "A. First", "B. Second"], ["1. One", "B. Second"]),
        (["VIII", "Estimates", "IX", "Revised estimates"], ["IX", "Revised estimates"]),
        (["PRINCIPLES", "Principle 1: One", "Principle 2: Two"], ["PRINCIPLES", "Principle 2: Two"]),
        (["Agenda item 9", "Draft decision I", "Agenda item 10"], ["Agenda item 10"]),
    ],
)  # fmt: skip
def test_headings_stand_by_their_numbering(headings, path):
    outline = Outline(headings)
    for heading in headings:
        outline.open(heading)
    assert list(outline.path) == path


def test_a_caption_holds_for_its_rows_only_and_its_title_goes_with_it():
    text = (
        "## I. Matter\n\n1. See the table.\n\n## Table 1\n\n## Cases by year\n\n<i>Year</i>\t<i>Cases</i>\n2009\t5\n\n"
        "2. See above.\n"
    )
    assert units(text) == [
        "1 [I. Matter] See the table.",
        "[I. Matter | Table 1 | Cases by year] 2009 5",
        "2 [I. Matter] See above.",
    ]


def test_what_a_converter_set_as_a_heading_and_is_none_is_text():
    text = (
        "A/C.3/99/L.1\n\n## Albania and Chile: draft resolution\n\n## A title\n\nThe General Assembly,\n\n"
        "*Recalling* the Charter,\n\n1. Urges States to act;\n\n## 2. Decides:\n\n(a) To act;\n\n"
        "## 3. Also urges all States to\n\n"
        "act together in all matters;\n\n4. Decides to remain seized.\n"
    )
    assert units(text) == [
        "Albania and Chile: draft resolution",
        "Recalling the Charter,",
        "1 Urges States to act;",
        "2 Decides:",
        "2 (a) To act;",
        "3 Also urges all States to act together in all matters;",
        "4 Decides to remain seized.",
    ]


def test_a_bold_paragraph_that_the_numbering_misses_is_no_heading():
    text = "1. It is so.\n\n**2. The Committee recommends approval of the request**\n\n3. It goes on.\n"
    assert [line.partition(" ")[0] for line in units(text)] == ["1", "2", "3"]


def test_a_question_in_a_speech_is_no_heading_and_a_stage_direction_neither():
    text = (
        "### Agenda item 27\n\n"
        "**The President** (_spoke in French_): The Assembly has before it the draft that is well known.\n\n"
        "May I take it that the Assembly wishes to adopt it?\n\n### It was so decided.\n\nThe meeting rose at 6 p.m.\n"
    )
    assert units(text) == [
        "[Agenda item 27] The President (spoke in French): The Assembly has before it the draft that is well known.",
        "[Agenda item 27] May I take it that the Assembly wishes to adopt it?",
        "[Agenda item 27] It was so decided.",
        "[Agenda item 27] The meeting rose at 6 p.m.",
    ]


def test_a_list_without_a_sentence_is_read_below_its_masthead():
    text = "A/80/INF/3\n\nUnited Nations\n\n# List of delegations\n\nAlbania\n\nChile\n\nKenya\n"
    assert units(text) == ["Albania", "Chile", "Kenya"]


def test_a_number_alone_takes_the_text_below_it_and_a_number_without_text_is_no_paragraph():
    assert units("1.\n\nWelcomes the report of the Chair;\n\n2. Decides to end.\n\n3.\n") == [
        "1 Welcomes the report of the Chair;",
        "2 Decides to end.",
    ]


def test_levels_place_unnumbered_headings_where_the_numbers_do_not_tell():
    outline = Outline()
    for title, level in (("I. One", 2), ("A. First", 3), ("1. Small", 4), ("Another matter", 3)):
        outline.open(title, level)
    assert outline.path == ("I. One", "A. First", "Another matter")


def test_what_follows_bullets_without_full_stops_is_a_paragraph_of_its_own():
    text = (
        "1. We call on all States to:\n\n- Withdraw from the islands as soon as the season "
        "and the weather there allow it\n\n"
        "- Refrain from any further fishing in the waters that lie between the islands\n\n"
        "Our Government remains ready to talk.\n"
    )
    assert [each.split(" ", 2)[-1] for each in units(text)][-1] == "Government remains ready to talk."
    assert len(units(text)) == 4


def test_each_voting_list_and_each_speech_is_a_paragraph():
    text = (
        "A vote was taken by show of hands.\n\nIn favour: Chile, Guinea-Bissau, Japan, Kenya, "
        "Poland, Portugal, Sweden\n\n"
        "Against: United States of America, United Kingdom of Great Britain and Northern Ireland\n\n"
        "The President: The draft has not been adopted.\n\n"
        "Mr. Diallo (Guinea) (spoke in French): My delegation thanks all those who worked on "
        "the text with such patience and\n\n"
        "Ms. Ortiz (Chile): So does mine.\n"
    )
    assert [each.split(":")[0].split("(")[0].strip() for each in units(text)] == [
        "A vote was taken by show of hands.", "In favour", "Against", "The President", "Mr. Diallo", "Ms. Ortiz",
    ]  # fmt: skip


def test_a_signatory_who_is_charge_daffaires_ad_interim_is_part_of_the_signature():
    text = (
        "1. I ask you to circulate this letter.\n\n(Signed) Ana Lind\n\nChargé d’affaires "
        "a.i.\n\nDeputy Representative\n"
    )
    assert units(text) == ["1 I ask you to circulate this letter."]


def test_a_draft_in_a_report_ends_where_the_reports_numbering_goes_on():
    long = "Activities of economic interests which impede the implementation of the Declaration " * 2
    text = (
        "I. RECOMMENDATIONS\n\n8. The Committee recommends the following draft resolution:\n\n"
        f"{long.strip()}\n\nThe General Assembly,\n\nRecalling its resolutions,\n\n1. Decides to go on;\n\n"
        "2. Requests a report.\n\n9. The Committee also recommends a decision.\n"
    )
    assert units(text) == [
        "8 [I. RECOMMENDATIONS] The Committee recommends the following draft resolution:",
        f"[I. RECOMMENDATIONS | {long.strip()}] Recalling its resolutions,",
        f"1 [I. RECOMMENDATIONS | {long.strip()}] Decides to go on;",
        f"2 [I. RECOMMENDATIONS | {long.strip()}] Requests a report.",
        "9 [I. RECOMMENDATIONS] The Committee also recommends a decision.",
    ]


def test_a_paragraph_below_a_closed_quotation_is_flush_again():
    text = (
        '1. It included the item entitled:\n\n"Question of the islands."\n\nAt the same '
        "meeting, it allocated the item.\n"
    )
    assert units(text) == [
        "1 It included the item entitled:",
        '1 "Question of the islands."',
        "At the same meeting, it allocated the item.",
    ]


def test_a_preambular_paragraph_right_above_notes_is_no_rest_of_a_note():
    text = (
        "The General Assembly,\n\nRecalling the work of the Rapporteur,¹\n\nRecognizing the "
        "role of all men and boys,\n\n"
        "Recognizing further the heightened risk in disasters, including those that result from the impacts\n\n"
        "¹ See A/79/161.\n\nof climate change,\n\n1. Decides to act.\n"
    )
    assert units(text)[2] == (
        "Recognizing further the heightened risk in disasters, including those that result "
        "from the impacts of climate change,"
    )


@pytest.mark.parametrize("sign", ["", "## "])
def test_the_list_of_an_annotated_agenda_stands_under_its_heading(sign):
    text = (
        "Item 2 of the provisional agenda\nAdoption of the agenda\n\n"
        f"{sign}Annotated provisional agenda\n\n{sign}Provisional agenda\n\n1. Election of "
        f"officers.\n2. Other matters.\n\n"
        f"{sign}Annotations\n\n{sign}1. Election of officers\n\nThe Commission will elect its "
        f"officers by secret ballot.\n"
    )
    assert units(text) == [
        "1 [Provisional agenda] Election of officers.",
        "2 [Provisional agenda] Other matters.",
        "[Annotations | 1. Election of officers] The Commission will elect its officers by secret ballot.",
    ]


def test_the_members_table_and_the_notice_of_a_record_are_no_paragraphs():
    text = (
        "# Security Council\n\n| *President:* | Ms. Lind | (Norway) |\n|---|---|---|\n| "
        "*Members:* | Chile | Mr. Soto |\n"
        "| | China | Mr. Qin |\n\nThis record contains the text of speeches delivered in "
        "English. The final text will be "
        "printed.\n\nThe meeting was called to order at 10.05 a.m.\n\n## Adoption of the "
        "agenda\n\nThe agenda was adopted.\n\nThe President: I now call on the first speaker.\n"
    )
    assert units(text) == [
        "The meeting was called to order at 10.05 a.m.",
        "[Adoption of the agenda] The agenda was adopted.",
        "[Adoption of the agenda] The President: I now call on the first speaker.",
    ]


def test_wrapped_lines_with_notes_that_are_no_longer_raised_are_whole_again():
    text = (
        "3. Traffickers use social media to recruit, to advertise and to control their\n"
        "victims.1 In Georgia, courts have dealt with cases in which a recruiter never met\n"
        "the victim in person, as the agreement between Indonesia and Papua\n\n__________________\n"
        "1 Global Report on Trafficking in Persons (United Nations publication, 2031),\n"
        "pp. 45–48.\n\n3/9\n25-05237\n\fA/80/700\n\n"
        "New Guinea shows, under which victims rescued in one State were brought home safely\nwithin two weeks.2\n\n"
        "4. States may wish to share their experience with the hub of UNODC.3,4\n\n__________________\n"
        "2 See A/80/1.\n3 See A/80/2.\n4 See A/80/3.\n"
    )
    assert units(text) == [
        "3 Traffickers use social media to recruit, to advertise and to control their victims. In Georgia, courts have "
        "dealt with cases in which a recruiter never met the victim in person, as the agreement between Indonesia and "
        "Papua New Guinea shows, under which victims rescued in one State were brought home safely within two weeks. "
        "{1: Global Report on Trafficking in Persons (United Nations publication, 2031), pp. 45–48.} {2: See A/80/1.}",
        "4 States may wish to share their experience with the hub of UNODC. {3: See A/80/2.} {4: See A/80/3.}",
    ]


def test_the_first_row_of_a_table_is_its_header_where_only_the_rows_below_have_figures():
    text = "## Annex\n\nSymbol\tAgenda item\tTitle\nA/80/1\t1 (b)\tAnnotated agenda\nA/80/2\t\tNote on fisheries\n"
    assert units(text) == ["[Annex] A/80/1 1 (b) Annotated agenda", "[Annex] A/80/2 Note on fisheries"]


def test_a_table_without_a_header_loses_no_row():
    text = "## Annex\n\nChile\tMember\tSantiago\nPeru\tObserver\tLima\nGhana\tMember\tAccra\n"
    assert units(text) == ["[Annex] Chile Member Santiago", "[Annex] Peru Observer Lima", "[Annex] Ghana Member Accra"]


@pytest.mark.parametrize(
    ("cited", "defined"),
    [
        ("<sup>[1]</sup>", "<sup>[1]</sup> "), ("<sup>(1)</sup>", "<sup>(1)</sup> "), ("^1^", "^1^ "),
        ("<sup>[1](#page-3)</sup>", "<sup>[1](#page-3)</sup> "), ("[^1]", "[^1]: "), ("$^{1}$", "$^{1}$ "),
    ],
)  # fmt: skip
def test_a_note_is_found_whatever_signs_a_converter_sets_around_its_marker(cited, defined):
    text = (
        f"1. The Protocol is in force.{cited}\n\n---\n\n{defined}See the Treaty Series.\n\n2. So is the Convention.\n"
    )
    assert units(text) == ["1 The Protocol is in force. {1: See the Treaty Series.}", "2 So is the Convention."]


@pytest.mark.parametrize("gap", ["\t", "", " ", "\u00a0"])
def test_a_number_is_a_number_whatever_sets_it_off(gap):
    text = (
        f"1.{gap}UNODC should help States.\n\n2.{gap}A list is annexed.\n\n3.{gap}States should:\n\n"
        "(a)\tAct;\n\n(b)\tReport.\n"
    )
    assert units(text) == [
        "1 UNODC should help States.", "2 A list is annexed.", "3 States should:", "3 (a) Act;", "3 (b) Report.",
    ]  # fmt: skip


def test_a_row_that_begins_with_a_number_is_still_a_row():
    assert (
        units("## Annex\n\nNo.\tSymbol\tTitle\n1.\tA/80/1\tNote\n2.\tA/80/2\tReport\n")[0] == "[Annex] 1. A/80/1 Note"
    )


def test_a_marker_that_stands_apart_at_the_end_of_a_paragraph_is_recovered_where_its_note_waits():
    text = (
        "The General Assembly,\n\nRecalling the declaration adopted at its session held on 7 March 2021, 1\n\n"
        "Noting the work of the Group with all its partners,\n\n1. Decides to go on.\n\n---\n\n"
        "1 Resolution 76/181, annex.\n"
    )
    assert units(text)[0] == (
        "Recalling the declaration adopted at its session held on 7 March 2021, {1: Resolution 76/181, annex.}"
    )


def test_the_names_below_a_voting_lists_label_are_its_names_and_no_heading():
    text = (
        "1. They voted.\n\nIn favour:\nChile, Peru, Republic of Korea\n\nAgainst:\nNone\n\n"
        "The President: It is adopted.\n"
    )
    assert units(text) == [
        "1 They voted.",
        "In favour: Chile, Peru, Republic of Korea",
        "Against: None",
        "The President: It is adopted.",
    ]


def test_a_records_running_header_with_its_date_is_no_part_of_a_speech():
    text = (
        "S/PV.9876\n\nThe meeting was called to order at 10 a.m.\n\nMs. Lind: I thank the Council for the chance "
        "to brief it on\n\nS/PV.9876 The situation in Libya 04/03/2025\n\n2/18 25-05555\n\nthe situation there.\n"
    )
    assert units(text)[-1] == "Ms. Lind: I thank the Council for the chance to brief it on the situation there."
