"""A talk as frames of a film: how many each step has, and which words of the notes stand under them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from geodata.article import plain
from viewer.model.story import Story

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_LONGEST = 150
_LEAST_SHARE = 20


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that stand under the picture for so many frames; empty words are a pause."""

    text: str
    frames: int


def frames_of(story: Story, *, per_second: int) -> tuple[int, ...]:
    """Return how many frames each step has, flight included; their sum is the whole talk's, to half a frame."""
    ends = [round(story.planned_s(number) * per_second) for number in range(len(story.steps) + 1)]
    return tuple(end - start for start, end in pairwise(ends))


def captions_of(notes: str, frames: int) -> tuple[Caption, ...]:
    """Return what is said in a step, sentence by sentence, over all its frames; longer sentences stand longer.

    Parameters
    ----------
    notes
        Markdown; what is emphasised or listed in it is shown plain.
    frames
        How many there are to fill. Where there are fewer than sentences, some sentences are left out.
    """
    sentences = sentences_of(notes)
    if not sentences:
        return (Caption("", frames),) if frames else ()
    weights = [max(len(text), _LEAST_SHARE) for text in sentences]
    ends = [round(frames * sum(weights[: number + 1]) / sum(weights)) for number in range(len(weights))]
    lengths = [end - start for start, end in zip((0, *ends), ends, strict=False)]
    return tuple(Caption(text, length) for text, length in zip(sentences, lengths, strict=True) if length)


def sentences_of(notes: str) -> tuple[str, ...]:
    """Return the sentences of notes in Markdown, plain, none longer than can be read at a glance."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", notes):
        for sentence in _SENTENCE.split(plain(block.strip())[0]):
            found += _pieces(sentence)
    return tuple(found)


def _pieces(sentence: str) -> list[str]:
    """Break a sentence that is too long at spaces, into pieces of like length."""
    count = -(-len(sentence) // _LONGEST)
    pieces: list[str] = []
    for word in sentence.split():
        if pieces and len(pieces[-1]) + len(word) < len(sentence) / count + len(word) / 2:
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces
