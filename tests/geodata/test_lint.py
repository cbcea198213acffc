"""A judgement in writing is checked as a careful reader would."""

import pytest

from geodata.annotations import Annotation, CitedSource
from geodata.lint import is_unsourced, lint, sentences

SOURCE = CitedSource("Port statistics", "Port authority", "2024", grade="B2")


def note(body="", *, title="A note", kind="judgement", sources=(SOURCE,), **members):
    return Annotation("n1", title, kind, "own", body, sources=sources, **members)


def rules(annotation):
    return [finding.rule for finding in lint(annotation)]


def marked(annotation):
    return [annotation.body[finding.start : finding.end] for finding in lint(annotation)]


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("It could possibly open in May.", "double hedge", "could possibly"),
        ("Perhaps may it open.", "double hedge", "Perhaps may"),
        ("It might well perhaps fail.", "double hedge", "might well perhaps"),
        ("Possibly it opens.", "word off the scale", "Possibly"),
        ("An attack cannot be ruled out.", "word off the scale", "cannot be ruled out"),
        ("It is bound to fail.", "certainty that nobody has", "is bound to"),
        ("It is believed to be closed.", "nobody answers for it", "It is believed"),
        ("The port opened last week.", "a day that moves", "last week"),
    ],
)
def test_a_word_that_blurs_a_judgement_is_named_with_its_rule_and_place(body, rule, words):
    assert rules(note(body)) == [rule]
    assert marked(note(body)) == [words]
    assert all(finding.says and finding.advice for finding in lint(note(body)))


@pytest.mark.parametrize(
    "body",
    [
        "We have high confidence that it is very likely to open.",
        "It is probably closed, and we are confident of that.",
        "It is almost certain to open\n(moderate confidence).",
    ],
)
def test_likelihood_and_confidence_in_one_sentence_are_found(body):
    assert rules(note(body)) == ["likelihood and confidence in one sentence"]


@pytest.mark.parametrize(
    "body",
    [
        "It is very likely to open. We have high confidence in this.",
        "It is likely to open\n\nHigh confidence: two sources agree",
        "A remote airfield at 71.3° N opened in May 2024.",
        "It may open in May.",
    ],
)
def test_a_judgement_that_is_well_put_stands(body):
    assert rules(note(body)) == []


def test_a_sentence_does_not_end_within_a_number():
    assert [text for _, text in sentences("At 71.3° N. It is cold!\n\nYes")] == ["At 71.3° N.", "It is cold!", "Yes"]


def test_a_claim_without_a_source_is_unsourced_and_a_label_is_not():
    assert rules(note("The port is open.", sources=())) == ["claim without a source"]
    assert is_unsourced(note("The port is open.", sources=()))
    assert not is_unsourced(note("The port is open."))
    assert not is_unsourced(note("", sources=()))
    assert not is_unsourced(note("Here.", kind="label", sources=()))


def test_the_text_and_the_form_may_not_name_different_likelihoods():
    said = note("It is highly improbable.", likelihood="likely", confidence="low")
    assert rules(said) == ["two likelihoods"]
    assert rules(note("It is highly improbable.", likelihood="very unlikely", confidence="low")) == []
    assert rules(note("It is probably open.", likelihood="likely", confidence="low")) == []


def test_a_likelihood_wants_a_confidence_and_a_high_one_good_sources():
    assert rules(note("It opens.", likelihood="likely")) == ["likelihood without confidence"]
    weak = CitedSource("A rumour", "Somebody", grade="E5")
    assert rules(note("It opens.", confidence="high", sources=(weak,))) == ["high confidence on weak sources"]
    assert rules(note("It opens.", confidence="high", sources=(weak, SOURCE))) == []


def test_findings_in_the_title_come_first_and_those_of_the_whole_last():
    found = lint(note("Perhaps so.", title="Possibly open", sources=()))
    assert [finding.member for finding in found] == ["title", "body", "sources"]
