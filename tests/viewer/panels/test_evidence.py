from dataclasses import replace

import pytest

from geodata.annotations import Annotation, CitedSource
from viewer.panels.evidence import chips_of, date_text, grade_text, judgement_of, source_parts

PLAIN = Annotation(id="a", title="A", kind="claim", voice="article", body="B")


@pytest.mark.parametrize(
    ("change", "chips"),
    [
        ({}, [("The article’s claim", "claim")]),
        ({"kind": "did you know", "voice": "fact"}, [("Fact", "fact"), ("Did you know", "")]),
        ({"voice": "since", "date": "2025-08-15", "kind": "fact"}, [("Known since, 15 August 2025", "since")]),
        ({"kind": "lead"}, [("The article’s claim", "claim"), ("Lead", "")]),
    ],
)
def test_the_chips_tell_whose_voice_it_is_and_what_kind(change, chips):
    assert list(chips_of(replace(PLAIN, **change))) == chips


def test_likelihood_and_confidence_never_share_a_line():
    rows = judgement_of(replace(PLAIN, likelihood="likely", confidence="low"))
    assert rows == (
        ("Claim", "Likely (55–80 %)"),
        ("Grounds", "Low confidence: little or contradictory ground"),
    )


@pytest.mark.parametrize(
    ("date", "text"), [("2025", "2025"), ("2025-08", "August 2025"), ("2025-08-05", "5 August 2025"), ("x-y", "x-y")]
)
def test_dates_are_written_as_people_read_them(date, text):
    assert date_text(date) == text


def test_a_source_tells_publisher_date_address_and_grade_in_words():
    title, rest = source_parts(CitedSource("T", "P", date="2024", address="https://a.b", grade="B3"))
    assert title == "T"
    assert rest == "P, 2024, https://a.b. Grade B3: usually reliable, possibly true."


def test_an_unknown_grade_stays_as_it_is():
    assert grade_text("Z9") == "Z9"
