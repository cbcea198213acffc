"""The slides: a title slide, and one for each step with its picture, its words and the speaker's notes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from geodata.article import plain
from viewer.app.takeaways.pictures import StepPainter
from viewer.app.takeaways.talk import Talk
from viewer.model.palette import Palette
from viewer.model.story import StoryStep

_WIDE_IN, _HIGH_IN = 13.333, 7.5
_PICTURE_PX = (1920, 1080)
_EDGE_IN = 0.4
_BLOCK_IN = (6.9, 1.6)
_FOOT_IN = 0.55
_BLANK = 6
_FONT = "Inter"
_ITEM = re.compile(r"\s*[-*+]\s")

Tell = Callable[[str], None]


def write(talk: Talk, resources: Path, file: Path, tell: Tell) -> int:
    """Write a presentation for other programs and return how many slides it has.

    The map is a picture, title and caption are text that can be edited. The file is not written in one step.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    from pptx import Presentation
    from pptx.util import Inches

    painter = StepPainter(talk, resources)
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE_IN), Inches(_HIGH_IN)
    deck.core_properties.title = talk.story.title
    deck.core_properties.subject = talk.story.subtitle
    has_cover = talk.story.steps[0].kind == "cover"
    if not has_cover:
        cover = StoryStep("", talk.story.title, talk.story.steps[0].view, talk.story.subtitle, kind="cover")
        _add(deck, talk, cover, painter)
    for number, step in enumerate(talk.story.steps, start=1):
        tell(f"Slides: step {number} of {len(talk.story.steps)}")
        _add(deck, talk, step, painter)
    deck.save(str(file))
    return len(deck.slides)


def _add(deck: Any, talk: Talk, step: StoryStep, painter: StepPainter) -> None:
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    beside_words = painter.camera(step, _PICTURE_PX, with_words=True)
    image = painter.paint(step, _PICTURE_PX, with_words=False, camera=beside_words)
    picture = slide.shapes.add_picture(_png(image), 0, 0, Inches(_WIDE_IN), Inches(_HIGH_IN))
    _describe(picture, f"Map: {step.title}")
    _add_words(slide, step, painter.palette)
    slide.notes_slide.notes_text_frame.text = _notes(talk, step)


def _add_words(slide: Any, step: StoryStep, palette: Palette) -> None:
    """Put title and caption on a block over the picture; those of a cover in the middle."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Inches, Pt

    width, height = _BLOCK_IN if step.kind == "map" else (9.4, 2.8)
    left, top = _EDGE_IN, _HIGH_IN - _FOOT_IN - height
    if step.kind != "map":
        left, top = (_WIDE_IN - width) / 2, (_HIGH_IN - height) / 2
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.name = "Title and caption"
    box.fill.solid()
    box.fill.fore_color.rgb = _colour(palette, "ui_panel")
    frame = box.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.25)
    large, small = (26, 16) if step.kind == "map" else (44, 22)
    frame.text = step.title
    texts = [(frame.paragraphs[0], large, True)]
    if step.caption:
        below = frame.add_paragraph()
        below.text = step.caption
        texts.append((below, small, False))
    for paragraph, size, bold in texts:
        font = paragraph.font
        font.size, font.bold, font.name = Pt(size), bold, _FONT
        font.color.rgb = _colour(palette, "ui_text")


def _notes(talk: Talk, step: StoryStep) -> str:
    """Return what the speaker says, with the sources below it."""
    lines = [f"• {plain(line)[0]}" if _ITEM.match(line) else plain(line)[0] for line in step.notes.splitlines()]
    sources = talk.sources_of(step)
    if sources:
        lines += ["", "Sources:", *(f"• {source}" for source in sources)]
    return "\n".join(lines).strip()


def _describe(picture: Any, text: str) -> None:
    """Say what a picture shows, for those who do not see it."""
    picture._element._nvXxPr.cNvPr.set("descr", text)


def _png(image: QImage) -> io.BytesIO:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return io.BytesIO(bytes(buffer.data().data()))


def _colour(palette: Palette, name: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*palette.rgba(name)[:3])
