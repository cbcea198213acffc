"""A person's own note on its card."""

from dataclasses import replace

from geodata.annotations import Annotation, AnnotationSet, CitedSource
from viewer.panels.card import Card
from viewer.panels.evidence import chips_of, judgement_of

NOTE = Annotation("mine", "A quay", "judgement", "own", "It is being built.", targets=("ports/haven",))


def test_a_note_that_claims_something_without_a_source_is_stamped():
    assert chips_of(NOTE)[0] == ("UNSOURCED", "claim")
    sourced = replace(NOTE, sources=(CitedSource("A picture", "An agency"),))
    assert chips_of(sourced)[0] == ("My note", "")


def test_an_open_note_is_told_anew_when_it_says_something_else(session):
    session.set_annotations(AnnotationSet((NOTE,)))
    session.read(NOTE)
    told = []
    session.annotation_changed.connect(told.append)
    session.set_annotations(AnnotationSet((replace(NOTE, title="A pier"),)))
    session.set_annotations(AnnotationSet())
    assert [note and note.title for note in told] == ["A pier", None]
    assert session.annotation is None


def test_tags_of_ones_own_are_on_the_card_and_those_of_the_map_are_not():
    tagged = replace(NOTE, tags=("harbour", "ice"))
    assert judgement_of(tagged) == (("Tags", "harbour, ice"),)
    assert judgement_of(replace(tagged, voice="fact")) == ()


def test_the_card_lets_ones_own_be_edited_and_features_be_annotated(session, icons, qtbot):
    card = Card(icons=icons)
    qtbot.addWidget(card)
    card.show_annotation(NOTE, hit=None, others=(), palette=session.palette)
    assert not card.edit.isHidden() and not card.annotate.isHidden()
    mark = replace(NOTE, targets=(), place='{"type":"Point","coordinates":[10.0,70.0]}')
    card.show_annotation(mark, hit=None, others=(), palette=session.palette)
    assert not card.edit.isHidden() and card.annotate.isHidden()
    card.show_annotation(replace(NOTE, voice="fact"), hit=None, others=(), palette=session.palette)
    assert card.edit.isHidden() and not card.annotate.isHidden()
    with qtbot.waitSignal(card.annotate_requested):
        card.annotate.click()
