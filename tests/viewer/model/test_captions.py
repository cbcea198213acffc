"""A talk as frames of a film."""

import pytest

from viewer.model.captions import Caption, captions_of, frames_of, sentences_of
from viewer.model.story import StepView, Story, StoryStep


def story(*seconds):
    steps = (StoryStep(str(number), "A", StepView("arctic"), duration_s=value) for number, value in enumerate(seconds))
    return Story("T", tuple(steps))


def test_steps_of_odd_lengths_never_drift_from_the_plan():
    lengths = [1.01, 2.34, 0.77, 59.99, 1.015]
    frames = frames_of(story(*lengths), per_second=30)
    assert sum(frames) == round(sum(lengths) * 30)
    assert all(abs(found - length * 30) <= 1 for found, length in zip(frames, lengths, strict=True))


def test_every_frame_of_a_step_has_its_words():
    notes = "Let it stand. Then speak!\n\n- *One* thing.\n- Two things that are said at some length, on and on."
    found = captions_of(notes, 301)
    assert sum(caption.frames for caption in found) == 301
    assert [caption.text for caption in found] == [
        "Let it stand.",
        "Then speak!",
        "One thing.",
        "Two things that are said at some length, on and on.",
    ]
    assert found[3].frames > 2 * found[0].frames


def test_a_step_without_notes_is_a_pause():
    assert captions_of(" ", 30) == (Caption("", 30),)
    assert captions_of("", 0) == ()


def test_fewer_frames_than_sentences_are_not_overrun():
    assert sum(caption.frames for caption in captions_of("A. B. C. D. E.", 2)) == 2


@pytest.mark.parametrize("length", [151, 299, 301, 1000])
def test_a_long_sentence_is_broken_into_pieces_of_like_length(length):
    sentence = ("word " * (length // 5 + 1))[:length].strip() + "."
    pieces = sentences_of(sentence)
    assert " ".join(pieces) == sentence
    assert max(map(len, pieces)) <= 160
    assert len(pieces) > 1
