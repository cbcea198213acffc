"""A person's own stories as rows of a document: each is kept as the TOML text that a story file holds."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from typing import Any

from geodata.edits import Edit, Row
from geodata.errors import DocumentError

STORIES = "stories"
"""The table of rows that hold stories."""


@dataclass(frozen=True, slots=True)
class OwnStory:
    """A story that a person composed or opened.

    Attributes
    ----------
    id : str
        Unique in its document.
    title : str
        What it is called.
    text : str
        The whole story as TOML, as it would stand in a file of its own. What the tables in it mean is not looked at
        here.
    """

    id: str
    title: str
    text: str


def text_of(story: OwnStory) -> str:
    """Return a story as the text of its row."""
    return json.dumps(asdict(story), ensure_ascii=False, separators=(",", ":"))


def story_of(text: str) -> OwnStory:
    """Return the story of a row.

    Raises
    ------
    DocumentError
        Where the row is none, or its story no TOML.
    """
    try:
        members: dict[str, Any] = json.loads(text)
        if not members.get("id") or not all(isinstance(value, str) for value in members.values()):
            raise ValueError("it has no id, or holds what is no text")
        story = OwnStory(**members)
        tomllib.loads(story.text)
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise DocumentError(f"A story of the document cannot be read ({error}).") from error
    return story


def edit_of(name: str, before: OwnStory | None, after: OwnStory | None) -> Edit:
    """Return what was done to a story as one step; None is not there. An edit without rows says that nothing changed.

    Parameters
    ----------
    name
        What was done, as it stands after "Undo: ", such as ``move step Anchorage``.
    before, after
        The story as it was and as it is, of one id.
    """
    known = after or before
    if known is None or before == after:
        return Edit(name, ())
    return Edit(name, (Row(STORIES, known.id, *(text_of(story) if story else None for story in (before, after))),))
