"""Playing a story in a session: one step after another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from viewer.engine_client import EngineClient
from viewer.map.glow import Glow
from viewer.model.camera import Camera
from viewer.model.layer import LayerStack
from viewer.model.story import Story, StoryStep
from viewer.session import Session


class StoryPlayer(QObject):
    """Takes a session from step to step: the camera flies, the card opens, features glow.

    Parameters
    ----------
    session, engine
        Whose view, and who finds features.
    story
        What is played.
    with_layers
        Whether steps show and hide layers; where a person explores the map, that is theirs.

    Signals
    -------
    step_changed(int)
        Another step is played, or the same one again.
    """

    step_changed = Signal(int)

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        story: Story,
        *,
        with_layers: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.story = story
        self._session = session
        self._with_layers = with_layers
        self._stack: LayerStack | None = session.stack
        self._index = -1
        self._covered_px: Callable[[], tuple[float, float]] = lambda: (0.0, 0.0)
        self._glow = Glow(session, engine, self)

    @property
    def index(self) -> int:
        """The number of the step, from 0; −1 before the first."""
        return self._index

    @property
    def step(self) -> StoryStep | None:
        """The step that is played."""
        return self.story.steps[self._index] if self._index >= 0 else None

    @property
    def next_step(self) -> StoryStep | None:
        """The step after it; None at the end."""
        return self.story.steps[self._index + 1] if self._index + 1 < len(self.story.steps) else None

    def camera(self) -> Camera | None:
        """Return the camera of the step for the session's window; None before the first."""
        viewport = self._session.viewport
        if self.step is None:
            return None
        return self.step.view.camera(viewport.width_px, viewport.height_px, covered_px=self._covered_px())

    def set_story(self, story: Story, *, index: int = -1, with_layers: bool = False) -> None:
        """Play another story, or the same with other steps; the map stays as it is.

        Parameters
        ----------
        story
            What is played from now on.
        index
            The step that counts as played; −1 for none.
        with_layers
            Whether steps show and hide layers, against those that the map comes with.
        """
        self.story = story
        self._index = min(index, len(story.steps) - 1)
        self._with_layers = with_layers
        self._stack = None

    def keep_clear(self, covered_px: Callable[[], tuple[float, float]]) -> None:
        """Show each view whole beside and above what covers the window at the right and at the bottom, in pixels."""
        self._covered_px = covered_px

    def go_to(self, index: int, *, fly: bool = True) -> None:
        """Play a step; one beyond the ends is the last or the first.

        With `fly` false, or where the step says so, the camera is there at once.
        """
        self._index = min(max(index, 0), len(self.story.steps) - 1)
        session, step = self._session, self.step
        assert step is not None
        session.read(session.annotations.get(step.annotation) if step.annotation else None)
        self.step_changed.emit(
            self._index
        )  # before the flight, for what it puts on the screen may cover some of the map
        camera = self.camera()
        assert camera is not None
        if self._with_layers:
            session.set_stack(step.stack(self._stack or _first_looks(session)))
        session.set_legend_shown(step.legend)
        self._glow.show(step.features, metres_per_pixel=camera.metres_per_pixel)
        if fly and step.transition == "fly":
            session.fly_to(camera)
        else:
            session.set_camera(camera)

    def go_on(self) -> None:
        """Play the next step; at the end nothing happens."""
        if self._index + 1 < len(self.story.steps):
            self.go_to(self._index + 1)

    def go_back(self) -> None:
        """Play the step before; at the beginning nothing happens."""
        if self._index > 0:
            self.go_to(self._index - 1)

    def shutdown(self) -> None:
        """Ask the engine nothing more."""
        self._glow.shutdown()


def _first_looks(session: Session) -> LayerStack:
    """Return the layers that are there now, those of the map as it comes."""
    first = session.first_stack
    return LayerStack(tuple(first.get(layer.id) or layer for layer in session.stack))
