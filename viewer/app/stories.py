"""Stories in the window: the strip with its pictures and menus, the form of a step, and what is made of a story."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt

from viewer.app.composing import Composing
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.app.own_stories import OwnStories
from viewer.app.preflight_desk import PreflightDesk
from viewer.app.story_menu import StoryMenu
from viewer.app.takeaway_desk import TakeawayDesk
from viewer.app.telling import Telling
from viewer.app.thumbnails import ThumbnailDesk
from viewer.engine_client import EngineClient
from viewer.messages import Messages
from viewer.model.story import Story
from viewer.panels.step_form import StepForm
from viewer.panels.story import StoryStrip
from viewer.session import Session


class StoryDesk(QObject):
    """Connects the strip, the form and the player with the story that is composed.

    Attributes
    ----------
    composing : Composing
        The story that is shown, and what is done to it.
    form : StepForm
        What the marked step says.
    thumbnails : ThumbnailDesk
        The pictures on the cards.
    takeaways : TakeawayDesk
        Handout, slides, pictures and film.
    menu : StoryMenu
        Menus and files.
    preflight : PreflightDesk
        What there is to mend before a talk.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        stories: OwnStories,
        telling: Telling,
        *,
        engine: EngineClient,
        strip: StoryStrip,
        resources: Path,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._telling = telling
        self._strip = strip
        self.composing = Composing(session, messages, stories, telling.player.story, self)
        self.composing.mark_with(lambda: telling.player.index)
        self.thumbnails = ThumbnailDesk(session, resources=resources, parent=self)
        self.takeaways = TakeawayDesk(session, window, messages, self._story_now, resources=resources)
        self.menu = StoryMenu(window, messages, self.composing)
        self.preflight = PreflightDesk(session, engine, window, self.composing, strip=strip)
        self.preflight.panel.step_chosen.connect(telling.player.go_to)
        self.form = StepForm(session.palette)
        dock = PanelDock("Step", self.form, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.RightDockWidgetArea, action="step_form")
        session.theme_changed.connect(self.form.set_palette)
        self._connect_strip()
        self._connect_actions()
        self.thumbnails.want(self.composing.story.steps)

    def shutdown(self) -> None:
        """Keep what was written last, and stop all work."""
        self.form.flush()
        self.preflight.shutdown()
        self.thumbnails.shutdown()
        self.takeaways.shutdown()

    def _connect_strip(self) -> None:
        strip, composing, player = self._strip, self.composing, self._telling.player
        strip.set_menu(self.menu.menu)
        strip.add_requested.connect(self._add)
        strip.step_moved.connect(composing.move_step)
        strip.key_pressed.connect(self._press)
        strip.menu_requested.connect(self._open_menu)
        composing.story_changed.connect(self._show)
        player.step_changed.connect(lambda index: self.form.show_step(player.story.steps[index]))
        self.form.changed.connect(lambda step: composing.change_step(player.index, step))
        self.form.update_requested.connect(lambda: composing.update_step(player.index))
        self.thumbnails.arrived.connect(self._show_pictures)

    def _connect_actions(self) -> None:
        actions, composing, player = self._window.window_actions, self.composing, self._telling.player
        actions["add_step"].triggered.connect(self._add)
        actions["update_step"].triggered.connect(lambda: composing.update_step(player.index))
        actions["duplicate_step"].triggered.connect(lambda: composing.duplicate_step(player.index))
        actions["delete_step"].triggered.connect(lambda: composing.delete_step(player.index))
        actions["step_earlier"].triggered.connect(lambda: composing.move_step(player.index, player.index - 1))
        actions["step_later"].triggered.connect(lambda: composing.move_step(player.index, player.index + 1))
        actions["new_story"].triggered.connect(lambda: actions["step_form"].setChecked(True))
        for name in ("present", "present_from_here"):
            actions[name].triggered.connect(self.form.flush)

    def _story_now(self) -> Story:
        self.form.flush()
        return self.composing.story

    def _add(self) -> None:
        self.form.flush()
        self.composing.add_step()

    def _show(self, story: Story, mark: int) -> None:
        """Show another story, or other steps of it; the map stays where it is."""
        self._telling.player.set_story(story, index=mark, with_layers=bool(self.composing.story_id))
        self._strip.show_story(story)
        self._strip.show_step(mark)
        self.form.show_step(story.steps[mark] if mark >= 0 else None)
        self.thumbnails.want(story.steps)

    def _show_pictures(self) -> None:
        for number, step in enumerate(self._strip.story.steps):
            image = self.thumbnails.image_of(step)
            if image is not None:
                self._strip.set_picture(number, image)

    def _open_menu(self, index: int, at: QPoint) -> None:
        self._mark(index)
        self.menu.open_step_menu(at)

    def _mark(self, index: int) -> None:
        """Mark a step without going there."""
        self.form.flush()
        story = self.composing.story
        self._telling.player.set_story(story, index=index, with_layers=bool(self.composing.story_id))
        self._strip.show_step(index)
        self.form.show_step(story.steps[index])

    def _press(self, index: int, deed: str) -> None:
        composing = self.composing
        if deed == "edit":
            self._mark(index)
            self._window.window_actions["step_form"].setChecked(True)
            self.form.title.setFocus()
        elif deed == "delete":
            composing.delete_step(index)
        else:
            to = index + (1 if deed == "later" else -1)
            composing.move_step(index, to)
            self._strip.focus_step(min(max(to, 0), len(composing.story.steps) - 1))
