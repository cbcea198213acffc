"""What a talk leaves behind: pages, slides, pictures and a film, made in a process of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from geodata.annotations import Annotation, CitedSource
from geodata.errors import GeodataError
from tests.viewer.app.takeaways.films import frames_and_seconds
from viewer.app.takeaway_desk import TakeawayDesk
from viewer.app.takeaways import video
from viewer.app.takeaways.talk import SUFFIXES, talk_of
from viewer.model.story import StepView, Story, StoryStep
from viewer.panels.takeaway_form import TakeawayForm

ROOT = Path(__file__).parents[4]
RESOURCES = ROOT / "resources"
PATIENCE_MS = 90_000
STORY = Story(
    "A talk of three",
    (
        StoryStep("cover", "The beginning", StepView("arctic"), "Of a kind", duration_s=0.5, kind="cover"),
        StoryStep(
            "route",
            "Along *the* coast",
            StepView("russian-arctic"),
            "It is long.",
            features=("lanes/nsr_main", "gone/away"),
            annotation="note",
            passage="gone",
            shown=("gone",),
            notes="Follow the line.\n\n- *Slowly.*\n- To the strait.",
            duration_s=1.01,
            viewpoint="canada",
            date="2025-08-15",
        ),
        StoryStep("end", "The end", StepView("jber"), notes="Thank you.", duration_s=0.77, transition="cut"),
    ),
    "For a test",
)
NOTE = Annotation(
    id="note",
    title="What a card says",
    kind="lane",
    voice="fact",
    body="A body of **words**.",
    targets=("lanes/nsr_main",),
    sources=(CitedSource("A report", "An agency", "2024"),),
)


@pytest.fixture
def heard(messages, window):
    told = []
    messages.told.connect(lambda message: told.append(message.text))
    return told


@pytest.fixture
def desk(session, window, messages):
    session.set_annotations(type(session.annotations)((NOTE,)))
    desk = TakeawayDesk(session, window, messages, lambda: STORY, resources=RESOURCES)
    yield desk
    desk.shutdown()


@pytest.fixture
def make(qtbot, desk, tmp_path):
    def made(kind, **more):
        path = tmp_path / f"talk{SUFFIXES[kind]}"
        desk.make(kind, path, **more)
        qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
        return path

    return made


def shown(kind):
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible())


def test_the_handout_has_a_cover_and_a_page_for_each_step_with_its_words_and_sources(make, heard):
    pages = PdfReader(make("handout"))
    texts = [" ".join(page.extract_text().split()) for page in pages.pages]
    assert "A talk of three" in texts[0] and "For a test" in texts[0] and "3 steps" in texts[0]
    assert "2. Along *the* coast" in texts[2]
    for words in ("It is long.", "Follow the line.", "Slowly.", "What a card says", "A body of words", "A report. An"):
        assert words in texts[2]
    assert "3. The end" in texts[3] and "Thank you." in texts[3]
    assert "Sources of the map" in texts[4] and "Natural Earth" in texts[4]
    assert heard[-1] == f"talk.pdf: {len(texts)} pages"


def test_the_handout_has_a_bookmark_for_each_step_and_a_picture_on_each_page(make):
    pages = PdfReader(make("handout"))
    marks = [(mark.title, pages.get_destination_page_number(mark)) for mark in pages.outline]
    assert marks == [
        ("A talk of three", 0),
        ("1. The beginning", 1),
        ("2. Along *the* coast", 2),
        ("3. The end", 3),
        ("Sources of the map", 4),
    ]
    assert [len(page.images) >= 1 for page in pages.pages[:4]] == [True] * 4


def test_text_is_found_on_every_page_by_a_reader_of_pages(make):
    program = shutil.which("pdftotext")
    path = make("handout")
    for number in range(1, len(PdfReader(path).pages) + 1):
        if program is None:
            text = PdfReader(path).pages[number - 1].extract_text()
        else:
            command = [program, "-f", str(number), "-l", str(number), str(path), "-"]
            text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert len(text.split()) > 5


def test_slides_have_titles_that_are_text_pictures_that_are_described_and_notes(make, heard):
    deck = Presentation(str(make("slides")))
    assert len(deck.slides) == 3
    words = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in deck.slides]
    assert words == [["The beginning\nOf a kind"], ["Along *the* coast\nIt is long."], ["The end"]]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert notes[1].startswith(
        "Follow the line.\n\n• Slowly.\n• To the strait.\n\nSources:\n• A report. An agency. 2024"
    )
    assert notes[2] == "Thank you."
    picture = deck.slides[1].shapes[0]
    assert picture._element._nvXxPr.cNvPr.get("descr") == "Map: Along *the* coast"
    assert heard[-1] == "talk.pptx: 3 slides"


def test_slides_of_a_story_without_a_cover_get_one(qtbot, session, window, messages, tmp_path):
    story = Story("Bare", STORY.steps[2:], "Without")
    desk = TakeawayDesk(session, window, messages, lambda: story, resources=RESOURCES)
    desk.make("slides", tmp_path / "bare.pptx")
    qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
    deck = Presentation(str(tmp_path / "bare.pptx"))
    assert [slide.shapes[1].text_frame.text for slide in deck.slides] == ["Bare\nWithout", "The end"]
    desk.shutdown()


@pytest.mark.parametrize("size", [(640, 360), (500, 700), (1921, 333)])
def test_pictures_have_the_size_that_was_asked_for(make, size):
    folder = make("pictures", size_px=size)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["01-cover.png", "02-route.png", "03-end.png"]
    assert {QImage(str(file)).size().toTuple() for file in files} == {size}


def test_pictures_go_into_a_folder_that_is_there_and_what_else_is_in_it_stays(qtbot, desk, tmp_path):
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    desk.make("pictures", folder, size_px=(320, 180))
    qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
    assert sorted(file.name for file in folder.iterdir()) == ["01-cover.png", "02-route.png", "03-end.png", "mine.txt"]


def test_the_film_has_each_steps_time_to_a_frame(make, heard):
    film = make("video", size_px=(640, 360))
    count, seconds = frames_and_seconds(film)
    assert count == round(STORY.duration_s * 30)
    assert seconds == pytest.approx(STORY.duration_s, abs=1 / 30)
    assert heard[-1] == f"talk.mp4: {count} frames"


def test_without_an_encoder_it_is_said_how_to_get_one(tmp_path, session):
    talk = talk_of(STORY, session)
    with pytest.raises(GeodataError, match=r"No encoder.*ffmpeg"):
        video.write(talk, RESOURCES, tmp_path / "talk.mp4", print, find=lambda: None)
    assert list(tmp_path.iterdir()) == []


def test_the_encoder_of_the_extra_serves_where_the_system_has_none(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert Path(video.encoder()).is_file()


@pytest.mark.parametrize("kind", SUFFIXES)
def test_what_has_no_place_to_go_is_told_and_leaves_nothing(qtbot, desk, tmp_path, heard, kind):
    desk.make(kind, tmp_path / "nowhere" / f"talk{SUFFIXES[kind]}", size_px=(320, 180))
    qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
    assert "cannot be written" in heard[-1] or "gave up" in heard[-1]
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.viewer.app.takeaways.full_disk import request
from geodata.errors import GeodataError
from viewer.app.takeaways.work import carry_out
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
wanted = request(sys.argv[1], Path(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    carry_out(wanted, lambda progress: None)
except GeodataError as error:
    print(error)
"""


@pytest.mark.parametrize("kind", SUFFIXES)
def test_a_disk_without_room_is_told_and_no_half_file_is_left(tmp_path, kind):
    earlier = tmp_path / f"talk{SUFFIXES[kind]}"
    if kind != "pictures":
        earlier.write_text("what was there")
    command = [sys.executable, "-c", FULL, kind, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "room on the disk" in done.stdout, done.stdout + done.stderr
    assert [file.read_text() for file in tmp_path.iterdir()] == ([] if kind == "pictures" else ["what was there"])


def test_cancel_stops_at_once_and_leaves_nothing(qtbot, desk, window, tmp_path, heard):
    desk.make("video", tmp_path / "talk.mp4")
    part = tmp_path / ".talk.part.mp4"
    qtbot.waitUntil(part.exists, timeout=PATIENCE_MS)
    desk.cancel()
    assert not desk.reader.is_busy
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [], timeout=PATIENCE_MS)
    assert heard[-1] == "Stopped. Nothing was written."


def test_the_form_offers_four_kinds_and_asks_for_a_size_where_there_is_one(desk, window, qtbot, tmp_path):
    window.window_actions["takeaways"].trigger()
    form = shown(TakeawayForm)
    assert form.windowTitle() == "Take-aways of “A talk of three”"
    assert [form.kind.itemData(row) for row in range(form.kind.count())] == list(SUFFIXES)
    assert not form.width_px.isEnabled()
    form.kind.setCurrentIndex(form.kind.findData("pictures"))
    assert form.width_px.isEnabled()
    form.width_px.setValue(320)
    form.height_px.setValue(320)
    form.findChild(QDialogButtonBox).accepted.emit()
    shown(QFileDialog).fileSelected.emit(str(tmp_path / "pictures"))
    qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
    assert QImage(str(tmp_path / "pictures" / "01-cover.png")).width() == 320
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_progress_says_which_step_is_drawn(desk, window, qtbot, tmp_path):
    said = []
    desk.reader.progressed.connect(said.append)
    desk.make("pictures", tmp_path / "pictures", size_px=(320, 180))
    qtbot.waitUntil(lambda: not desk.reader.is_busy, timeout=PATIENCE_MS)
    assert "Pictures: step 3 of 3" in said
