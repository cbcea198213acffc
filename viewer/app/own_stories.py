"""The person's own stories: kept in the document with every step of their making."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from geodata.edits import Row
from geodata.errors import DocumentError
from geodata.own_stories import STORIES, OwnStory, edit_of, story_of
from viewer.app.record import Record
from viewer.messages import Messages


class OwnStories(QObject):
    """What stories the document holds; it plays and shows none.

    Signals
    -------
    changed(str)
        The story of this id was added, is another now, or is gone: by `keep` or `remove`, by undoing or doing again,
        or because another document is open.
    """

    changed = Signal(str)

    def __init__(self, record: Record, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._messages = messages
        self._stories: dict[str, OwnStory] = {}
        record.show_with(STORIES, self._show)
        kept = record.journal.state(STORIES)
        self._show(tuple(Row(STORIES, key, None, text) for key, text in kept.items()))

    @property
    def stories(self) -> Mapping[str, OwnStory]:
        """The stories of the document by their ids; those that cannot be read are left out, which was told."""
        return MappingProxyType(self._stories)

    def keep(self, name: str, story: OwnStory, *, is_gesture: bool = False) -> bool:
        """Keep a story as it is now, as one step that can be taken back; return whether it could be kept.

        Parameters
        ----------
        name
            What was done, as it stands after "Undo: ".
        story
            One of an id that is known already takes its place.
        is_gesture
            Whether it goes on with the step of the same name just before, as typing does.
        """
        edit = edit_of(name, self._stories.get(story.id), story)
        if not self._record.keep(edit, is_gesture=is_gesture):
            return False
        self._show(edit.rows)
        return True

    def remove(self, story_id: str) -> bool:
        """Take a story out of the document, as one step that can be taken back; return whether that was kept."""
        story = self._stories.get(story_id)
        return story is not None and self._record.push(edit_of(f"remove story {story.title}", story, None))

    def _show(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self._stories.pop(row.id, None)
            if row.after is not None:
                try:
                    self._stories[row.id] = story_of(row.after)
                except DocumentError as error:
                    self._messages.tell_error(error)
            self.changed.emit(row.id)
