"""The form of an annotation says what is wrong while it is written."""

import pytest

from viewer.panels.note_form import NoteForm


@pytest.fixture
def form(qtbot):
    made = NoteForm()
    qtbot.addWidget(made)
    return made


def test_a_likelihood_mixed_with_a_confidence_is_named_with_the_rule(form):
    form.body.setPlainText("We have high confidence that it is likely.")
    assert "likelihood and confidence in one sentence" in form.findings.text()


def test_could_possibly_is_named_as_a_double_hedge(form):
    form.body.setPlainText("It could possibly open.")
    assert "double hedge" in form.findings.text()


def test_a_claim_without_a_source_is_saved_as_unsourced_only_knowingly(form):
    form.title.setText("A pier")
    form.body.setPlainText("It is being built.")
    assert form.save.text() == "Save as UNSOURCED" and "claim without a source" in form.findings.text()
    form.source.setText("A picture")
    form.publisher.setText("An agency")
    assert form.save.text() == "Save" and form.findings.text() == ""


def test_nothing_is_saved_without_title_and_text(form):
    assert not form.save.isEnabled()
    form.title.setText("A pier")
    assert not form.save.isEnabled()
    form.body.setPlainText("New.")
    assert form.save.isEnabled()
