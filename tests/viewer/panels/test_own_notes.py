"""A person's own note on its card."""

from dataclasses import replace

from geodata.annotations import Annotation, AnnotationSet, CitedSource
from viewer.panels.evidence import chips_of

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
