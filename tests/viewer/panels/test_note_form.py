"""The form of an annotation says what is wrong while it is written, and shows what is kept."""

from pathlib import Path

import pytest

from geodata.annotations import Annotation, CitedSource
from viewer.model import palette
from viewer.panels.note_form import NoteForm

RESOURCES = Path(__file__).parents[3] / "resources"
KEPT = Annotation(
    "own_1",
    "A pier",
    "claim",
    "own",
    "It is **built**.",
    passage="hinge",
    place='{"type":"Point","coordinates":[10.0,70.0]}',
    sources=(
        CitedSource("A picture", "An agency", "2025-08", "https://example.org/p", "B2"),
        CitedSource("A talk", "A harbour"),
    ),
    likelihood="likely",
    confidence="low",
    date="2025-08-15",
    author="ana",
    created="2026-01-01T00:00:00+00:00",
    tags=("harbour", "ice class"),
)


@pytest.fixture
def form(qtbot):
    made = NoteForm(palette.read(RESOURCES / "styles" / "palette.toml")["light"])
    qtbot.addWidget(made)
    made.set_passages([("hinge", "A remote base"), ("nickel", "Nickel comes from Norilsk")])
    return made


def test_a_likelihood_mixed_with_a_confidence_is_named_with_the_rule(form):
    form.body.set_text("We have high confidence that it is likely.")
    assert "likelihood and confidence in one sentence" in form.findings.text()


def test_could_possibly_is_named_as_a_double_hedge(form):
    form.body.set_text("It could possibly open.")
    assert "double hedge" in form.findings.text()


def test_a_claim_without_a_source_is_saved_as_unsourced_only_knowingly(form):
    form.title.setText("A pier")
    form.body.set_text("It is being built.")
    assert form.save.text() == "Save as UNSOURCED" and "claim without a source" in form.findings.text()
    form.sources.rows[0].title.setText("A picture")
    form.sources.rows[0].publisher.setText("An agency")
    assert form.save.text() == "Save" and form.findings.text() == ""


def test_nothing_is_saved_without_title_and_text(form):
    assert not form.save.isEnabled()
    form.title.setText("A pier")
    assert not form.save.isEnabled()
    form.body.set_text("New.")
    assert form.save.isEnabled()


def test_an_annotation_is_shown_whole_and_comes_back_as_it_was(form):
    form.show_annotation(KEPT)
    assert form.annotation(KEPT) == KEPT
    assert not form.delete.isHidden()
    form.clear()
    assert form.annotation().title == "" and form.annotation().sources == () and form.delete.isHidden()


def test_sources_are_added_graded_and_removed(form):
    form.sources.add.click()
    first, second = form.sources.rows
    for row, name in ((first, "One"), (second, "Two")):
        row.title.setText(name)
        row.publisher.setText("An agency")
    second.reliability.setCurrentIndex(second.reliability.findData("C"))
    assert "two parts" in form.findings.text()
    second.credibility.setCurrentIndex(second.credibility.findData("3"))
    assert [source.grade for source in form.annotation().sources] == ["", "C3"]
    first.remove.click()
    assert [source.title for source in form.annotation().sources] == ["Two"]
    form.sources.rows[0].remove.click()
    assert form.annotation().sources == () and len(form.sources.rows) == 1


def test_a_date_that_is_none_and_a_source_without_a_publisher_cannot_be_saved(form):
    form.show_annotation(KEPT)
    form.date.setText("last summer")
    assert not form.save.isEnabled() and "YYYY-MM-DD" in form.findings.text()
    form.date.setText("2025")
    form.sources.rows[0].publisher.clear()
    assert not form.save.isEnabled() and "a title and a publisher" in form.findings.text()


def test_the_preview_shows_the_text_as_the_card_will(form):
    form.body.set_text("It is **built** [here](https://example.org).")
    form.body.preview.click()
    assert form.body.page.toPlainText() == "It is built here."
    form.body.preview.click()
    assert form.annotation().body.startswith("It is **built**")


def test_the_passage_that_was_chosen_stays_when_the_article_is_another_one(form):
    form.show_annotation(KEPT)
    form.set_passages([("other", "Other words"), ("hinge", "A remote base")])
    assert form.annotation().passage == "hinge"
    form.show_annotation(Annotation("own_2", "T", "note", "own", "B", passage="gone"))
    assert form.annotation().passage == "gone"
