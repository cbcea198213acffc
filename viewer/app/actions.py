"""Everything that can be done by key, in one table: shortcuts, menus and the cheat sheet are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One line of the table.

    Attributes
    ----------
    id, text : str
        How the program and how people call it.
    group : str
        The heading in the cheat sheet.
    keys : tuple of str
        Shortcuts that work in the whole window, as Qt's portable key sequences.
    map_keys : tuple of str
        Keys that the map itself answers while it has the focus; shown in the cheat sheet, bound by the map.
    icon : str
        The stem of an icon's file; empty for none.
    tip : str
        A longer explanation; empty where the text says it all.
    checkable : bool
        Whether it switches something on and off.
    """

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    map_keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False


@dataclass(frozen=True, slots=True)
class MapInput:
    """Something a person does on the map that is no action: what they do, and what happens."""

    inputs: tuple[str, ...]
    text: str
    group: str = "On the map"


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("undo", "Undo", "Document", ("Ctrl+Z",)),
    ActionSpec("redo", "Redo", "Document", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("new", "New document", "Document", ("Ctrl+N",)),
    ActionSpec("save", "Save", "Document", ("Ctrl+S",)),
    ActionSpec("save_as", "Save as …", "Document", ("Ctrl+Shift+S",)),
    ActionSpec("history", "History …", "Document", ("Ctrl+H",), tip="Who changed what, and a way back"),
    ActionSpec("versions", "Earlier versions …", "Document"),
    ActionSpec("merge", "Merge with …", "Document", ("Ctrl+Shift+M",), tip="Take in what was done in another copy"),
    ActionSpec("open", "Open a file as a layer, or a document", "Files", ("Ctrl+O",)),
    ActionSpec("paste", "Paste files, GeoJSON, WKT or a table", "Files", ("Ctrl+V",)),
    ActionSpec("figure", "Make a figure …", "Files", ("Ctrl+Shift+E",), tip="The map as a picture or a page, to print"),
    ActionSpec("search", "Search everything", "Window", ("Ctrl+K",), icon="search", tip="Places, words, sources, keys"),
    ActionSpec("home", "Whole Arctic", "Window", map_keys=("Home", "0"), icon="house"),
    ActionSpec("layers", "Layers", "Window", ("L",), icon="layers", tip="Show or hide the layers", checkable=True),
    ActionSpec(
        "article", "Article", "Window", ("A",), icon="newspaper", tip="Show or hide the article", checkable=True
    ),
    ActionSpec(
        "legend", "Legend", "Window", ("G",), icon="list", tip="Show or hide the legend on the map", checkable=True
    ),
    ActionSpec(
        "story", "Story", "Window", ("S",), icon="gallery-horizontal", tip="Show or hide the story", checkable=True
    ),
    ActionSpec("open_article", "Open an article …", "Article", ("Ctrl+Shift+O",)),
    ActionSpec("link_words", "Link the selected words to a feature", "Article", ("Ctrl+L",)),
    ActionSpec("annotate_words", "Annotate the selected words", "Article", ("Ctrl+Shift+N",)),
    ActionSpec("web_annotations", "Write my annotations as Web Annotations …", "Files"),
    ActionSpec("back", "Back to the place before", "Places", ("Alt+Left",)),
    ActionSpec("forward", "Forward again", "Places", ("Alt+Right",)),
    ActionSpec("next_annotation", "Next annotation", "Places", ("Ctrl+PgDown",)),
    ActionSpec("previous_annotation", "Annotation before", "Places", ("Ctrl+PgUp",)),
    ActionSpec("annotate", "Write an annotation", "Annotations", ("N",), checkable=True),
    ActionSpec("edit_note", "Edit the open annotation", "Annotations", ("F2",)),
    ActionSpec("draw", "Draw on the map", "Draw", ("D",), tip="Show or hide the palette of shapes", checkable=True),
    ActionSpec("draw_point", "Point", "Draw", ("Ctrl+1",), checkable=True),
    ActionSpec("draw_line", "Line", "Draw", ("Ctrl+2",), tip="A line that is straight on the map", checkable=True),
    ActionSpec("draw_polygon", "Polygon", "Draw", ("Ctrl+3",), checkable=True),
    ActionSpec("draw_geodesic", "Shortest way", "Draw", ("Ctrl+4",), tip="A geodesic line", checkable=True),
    ActionSpec("draw_circle", "Circle", "Draw", ("Ctrl+5",), tip="A circle of a true radius", checkable=True),
    ActionSpec("draw_freehand", "Freehand", "Draw", ("Ctrl+6",), checkable=True),
    ActionSpec("draw_text", "Words", "Draw", ("Ctrl+7",), checkable=True),
    ActionSpec("draw_arrow", "Arrow", "Draw", ("Ctrl+8",), checkable=True),
    ActionSpec("reshape", "Reshape", "Draw", ("E",), tip="Move, add and delete corners", checkable=True),
    ActionSpec("split_shape", "Split by a line", "Draw", ("K",)),
    ActionSpec("merge_shapes", "Merge", "Draw", ("J",), tip="Make one shape of those that were taken"),
    ActionSpec("to_layer", "To a layer …", "Draw", ("Ctrl+M",), tip="Copy or move what was taken to another layer"),
    ActionSpec("delete_shape", "Delete", "Draw", ("Del",), tip="Delete the corner or the shape that was taken"),
    ActionSpec("routes", "Compare sea routes", "Evidence", ("R",), checkable=True),
    ActionSpec("measure", "Measure distance, bearing and area", "Evidence", ("M",), checkable=True),
    ActionSpec("viewpoints", "Views of what is disputed", "Evidence", ("V",), checkable=True),
    ActionSpec("chronology", "Chronology", "Evidence", ("H",), tip="What happened when", checkable=True),
    ActionSpec("story_next", "Next step of the story", "Story", ("Space",)),
    ActionSpec("story_back", "Step before", "Story", ("Shift+Space",)),
    ActionSpec("present", "Present", "Story", ("F5",), icon="presentation", tip="Present the story from its start"),
    ActionSpec("present_from_here", "Present from this step", "Story", ("Shift+F5",)),
    ActionSpec("add_step", "Add this view as a step", "Story", ("Ctrl+Shift+A",)),
    ActionSpec("update_step", "Update the step to this view", "Story", ("Ctrl+Shift+U",)),
    ActionSpec("step_form", "Words, notes and time of the step", "Story", ("Ctrl+Shift+T",), checkable=True),
    ActionSpec("duplicate_step", "Duplicate the step", "Story", ("Ctrl+Shift+D",)),
    ActionSpec("step_earlier", "Move the step earlier", "Story", ("Ctrl+Shift+Left",)),
    ActionSpec("step_later", "Move the step later", "Story", ("Ctrl+Shift+Right",)),
    ActionSpec("delete_step", "Delete the step", "Story", ("Ctrl+Shift+Del",)),
    ActionSpec("new_story", "New story", "Story"),
    ActionSpec("open_story", "Open a story …", "Story"),
    ActionSpec("save_story", "Save the story as a file …", "Story"),
    ActionSpec("rename_story", "Rename the story …", "Story"),
    ActionSpec("remove_story", "Remove the story", "Story"),
    ActionSpec("preflight", "Preflight", "Story", ("Ctrl+Shift+F5",), tip="Look the talk over", checkable=True),
    ActionSpec("takeaways", "Take-aways …", "Story", ("Ctrl+Shift+P",), tip="Handout, slides, pictures, video"),
    ActionSpec("full_screen", "Full screen", "Window", ("F11",), checkable=True),
    ActionSpec("next_pane", "Next pane: map, layers, article", "Window", ("F6",)),
    ActionSpec("previous_pane", "Previous pane", "Window", ("Shift+F6",)),
    ActionSpec("step_back", "Step back: close, clear, leave full screen", "Window", ("Esc",)),
    ActionSpec("copy_view", "Copy this view", "Window", ("Ctrl+Shift+C",), tip="Put the picture on the clipboard"),
    ActionSpec("hud", "Frame times and memory", "Window", ("Ctrl+Shift+F",), checkable=True),
    ActionSpec("cheat_sheet", "Keys and gestures", "Window", ("?", "F1"), icon="circle-question-mark"),
    ActionSpec("about", "About and credits", "Window"),
    ActionSpec("quit", "Quit", "Window", ("Ctrl+Q",)),
    ActionSpec("theme_system", "Like the system", "Theme", checkable=True),
    ActionSpec("theme_light", "Light", "Theme", checkable=True),
    ActionSpec("theme_dark", "Dark", "Theme", checkable=True),
)

MAP_INPUTS: tuple[MapInput, ...] = (
    MapInput(("Drag",), "Move the map"),
    MapInput(("Wheel", "Pinch"), "Zoom about the pointer"),
    MapInput(("Double-click",), "Zoom in one step"),
    MapInput(("Right-drag",), "Turn the map"),
    MapInput(("Click",), "Open what lies there; again: what lies below"),
    MapInput(("Right-click",), "Menu of the place"),
    MapInput(("←", "→", "↑", "↓"), "Move"),
    MapInput(("Shift+←", "Shift+→"), "Turn"),
    MapInput(("+", "−"), "Zoom in, out"),
    MapInput(("Tab", "Shift+Tab"), "Next, previous feature in view"),
    MapInput(("Enter",), "Open that feature"),
    MapInput(("Insert",), "Draw: set a place in the middle of the view", "Draw"),
    MapInput(("Digits",), "Type a length or radius while drawing", "Draw"),
    MapInput(("Ctrl+click",), "Reshape: take one shape more", "Draw"),
    MapInput((",", "."), "Reshape: previous, next corner", "Draw"),
    MapInput(("Insert", "Backspace"), "Reshape: add, delete a corner", "Draw"),
)


def make_actions(parent: QObject) -> Mapping[str, QAction]:
    """Return the table's actions by id, with text, shortcuts and tooltip; nothing is connected yet."""
    return {spec.id: _action(spec, parent) for spec in ACTIONS}


def keys_of(spec: ActionSpec) -> tuple[str, ...]:
    """Return all keys of an action as people read them on this system."""
    native = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys)
    return (*native, *spec.map_keys)


def _action(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    keys = keys_of(spec)
    action.setToolTip(f"{spec.tip or spec.text} ({keys[0]})" if keys else spec.tip or spec.text)
    return action
