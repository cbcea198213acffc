"""Composing stories on the live map: which story is shown, and each change of it as a step that can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from geodata.errors import GeodataError
from geodata.own_stories import OwnStory
from viewer.app.own_stories import OwnStories
from viewer.messages import Grade, Messages
from viewer.model import composing
from viewer.model.story import Story, StoryStep
from viewer.model.story_file import parse_text
from viewer.model.story_text import text_of
from viewer.session import Session

NEW_TITLE = "My story"
_STEP = "Step {}"


class Composing(QObject):
    """Holds the story that is shown, and changes it. The built-in story is never changed: a copy of it is.

    Parameters
    ----------
    session, messages
        What the map shows, and where it is said why something cannot be done.
    stories
        Where a person's own stories are kept.
    built_in
        The story that comes with the map.

    Signals
    -------
    story_changed(Story, int)
        Another story is shown, or it has other steps; and which of them is to be marked, −1 for none.
    """

    story_changed = Signal(object, int)

    def __init__(
        self,
        session: Session,
        messages: Messages,
        stories: OwnStories,
        built_in: Story,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._messages = messages
        self._stories = stories
        self._built_in = built_in
        self._id = ""
        self._story = built_in
        self._index: Callable[[], int] = lambda: -1
        self._is_keeping = False
        stories.changed.connect(self._follow)

    @property
    def story(self) -> Story:
        """The story that is shown."""
        return self._story

    @property
    def story_id(self) -> str:
        """The id of the story that is shown, among the document's; empty for the built-in one."""
        return self._id

    @property
    def titles(self) -> dict[str, str]:
        """What the stories are called that can be shown, by id; that of the built-in one is empty."""
        return {"": self._built_in.title} | {key: story.title for key, story in self._stories.stories.items()}

    @property
    def index(self) -> int:
        """The step that is marked; −1 for none."""
        return self._index()

    def mark_with(self, index: Callable[[], int]) -> None:
        """Say who knows which step is marked."""
        self._index = index

    def choose(self, story_id: str, *, mark: int = -1) -> None:
        """Show a story of the document, or the built-in one; one that cannot be read is told and not shown."""
        own = self._stories.stories.get(story_id)
        story = self._built_in
        if own is not None:
            try:
                story = parse_text(own.text, where=own.title)
            except GeodataError as problem:
                self._messages.tell_error(problem)
                return
        self._id = story_id if own is not None else ""
        self._story = story
        self.story_changed.emit(story, min(mark, len(story.steps) - 1))

    def new_story(self, title: str = NEW_TITLE) -> None:
        """Begin a story with a cover that shows what the map shows now."""
        title = self._free_title(title)
        cover = replace(self._capture(composing.fresh_step(None, "Cover")), title=title, kind="cover", features=())
        self._add(f"new story {title}", Story(title, (cover,)), mark=0)

    def take_in(self, story: Story) -> None:
        """Take a story that was read from a file into the document, and show it."""
        self._add(f"open story {story.title}", story, mark=-1)

    def rename(self, title: str) -> None:
        """Call the story otherwise; a cover that bore its name does so again."""
        title = " ".join(title.split())
        if not title or title == self._story.title:
            return
        steps = tuple(
            replace(step, title=title) if step.kind == "cover" and step.title == self._story.title else step
            for step in self._story.steps
        )
        self._keep(f"rename story {title}", replace(self._story, title=title, steps=steps), mark=self.index)

    def remove(self) -> None:
        """Take the story out of the document; the built-in one stays."""
        if self._id:
            self._stories.remove(self._id)

    def add_step(self) -> None:
        """Make a step of what the map shows, after the one that is marked, or at the end."""
        story, after = self._story, self.index if self.index >= 0 else len(self._story.steps) - 1
        annotation = self._session.annotation
        title = annotation.title if annotation else _STEP.format(len(story.steps) + 1)
        step = self._capture(composing.fresh_step(story, title))
        self._keep(f"add step {title}", composing.with_added(story, step, after=after), mark=after + 1)

    def update_step(self, index: int) -> None:
        """Let a step show what the map shows now; its words stay."""
        if self._has(index):
            step = self._capture(self._story.steps[index])
            self._keep(f"update step {step.title}", composing.with_step(self._story, index, step), mark=index)

    def change_step(self, index: int, step: StoryStep) -> None:
        """Let a step say something else; as somebody types, it is one change."""
        if self._has(index) and step != self._story.steps[index]:
            changed = composing.with_step(self._story, index, step)
            self._keep(f"edit step {index + 1}", changed, mark=index, is_gesture=True)

    def duplicate_step(self, index: int) -> None:
        """Put a copy of a step after it."""
        if self._has(index):
            name = f"duplicate step {self._story.steps[index].title}"
            self._keep(name, composing.with_copy(self._story, index), mark=index + 1)

    def delete_step(self, index: int) -> None:
        """Take a step out; the last one stays."""
        if len(self._story.steps) == 1:
            self._messages.tell("A story has at least one step. Add another before you delete this.", grade=Grade.HINT)
        elif self._has(index):
            name = f"delete step {self._story.steps[index].title}"
            mark = self.index if self.index < index else self.index - 1
            self._keep(name, composing.without(self._story, index), mark=mark)

    def move_step(self, index: int, to: int) -> None:
        """Put a step at another place, counted when it is taken out."""
        to = min(max(to, 0), len(self._story.steps) - 1)
        if self._has(index) and to != index:
            name = f"move step {self._story.steps[index].title}"
            self._keep(name, composing.with_moved(self._story, index, to), mark=to)

    def replace_story(self, name: str, story: Story) -> None:
        """Let the story be another, as one change of this name."""
        self._keep(name, story, mark=self.index)

    def _has(self, index: int) -> bool:
        return 0 <= index < len(self._story.steps)

    def _capture(self, step: StoryStep) -> StoryStep:
        session = self._session
        glowing = tuple(hit.reference for hit in session.glow)
        chosen = (session.selection.reference,) if session.selection else ()
        found = composing.captured(
            step,
            session.viewport,
            session.stack,
            first=session.first_stack,
            features=tuple(dict.fromkeys((*chosen, *glowing))),
        )
        annotation = session.annotation
        return replace(
            found,
            annotation=annotation.id if annotation else "",
            passage=annotation.passage if annotation else "",
            legend=session.legend_shown,
        )

    def _keep(self, name: str, story: Story, *, mark: int, is_gesture: bool = False) -> None:
        """Keep a change; of the built-in story, a copy is changed."""
        if not self._id:
            story = replace(story, title=self._free_title(f"{story.title} – my copy"))
            self._messages.tell("This is your own copy now; the story’s menu has the built-in one.", grade=Grade.HINT)
            self._add(name, story, mark=mark)
            return
        own = OwnStory(self._id, story.title, text_of(story))
        self._put(name, own, mark=mark, is_gesture=is_gesture)

    def _add(self, name: str, story: Story, *, mark: int) -> None:
        self._put(name, OwnStory(f"own_{uuid.uuid4().hex[:12]}", story.title, text_of(story)), mark=mark)

    def _put(self, name: str, own: OwnStory, *, mark: int, is_gesture: bool = False) -> None:
        self._is_keeping = True
        kept = self._stories.keep(name, own, is_gesture=is_gesture)
        self._is_keeping = False
        if kept:
            self.choose(own.id, mark=mark)

    def _follow(self, story_id: str) -> None:
        """Show what undoing, doing again or another document made of the stories."""
        if self._is_keeping:
            return
        is_there = story_id in self._stories.stories
        if story_id == self._id:
            self.choose(story_id if is_there else "", mark=self.index)
        elif is_there and not self._id:
            self.choose(story_id)

    def _free_title(self, title: str) -> str:
        known, number, found = set(self.titles.values()), 2, title
        while found in known:
            found, number = f"{title} {number}", number + 1
        return found
