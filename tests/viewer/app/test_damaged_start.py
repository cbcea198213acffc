"""The real program with its engine, opened over resources that were damaged."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from viewer.app.main_window import MainWindow
from viewer.app.program import Program
from viewer.engine.process import launch
from viewer.model import palette
from viewer.model.settings import Settings

SHIPPED = Path(__file__).parents[3] / "resources"
PATIENCE_MS = 20_000


@pytest.fixture
def resources(tmp_path) -> Path:
    """The shipped resources but for the larger layers, each file a link to the shipped one."""
    copy = tmp_path / "resources"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("facts"), copy_function=link)
    return copy


def link(source: str, target: str) -> None:
    Path(target).symlink_to(source)


def write(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


@pytest.fixture
def open_program(qtbot, qapp, resources):
    before = QApplication.styleSheet(qapp), qapp.palette()
    opened: list[tuple[Program, object]] = []

    def make() -> Program:
        engine = launch(resources)
        colours, _ = palette.read_or_built_in(resources / "styles" / "palette.toml")
        window = MainWindow(Settings("light"), colours)
        window.show()
        program = Program(window, None, engine, resources=resources, settings_file=None)
        opened.append((program, engine))
        with qtbot.waitSignals([program.client.ready, program.client.picture_ready], timeout=PATIENCE_MS):
            program.open_files(())
        return program

    yield make
    for program, engine in opened:
        program.window.close()
        program.shutdown()
        engine.kill()
        engine.close()
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])


def all_text(program: Program) -> str:
    """Return everything that the message bar has to say."""
    bar = program.window.message_bar
    more = [button for button in bar.findChildren(QPushButton) if not button.isHidden()]
    if not bar.is_opened and more:
        more[0].click()
    return bar.text


def test_whole_resources_open_without_a_word(open_program):
    program = open_program()
    assert program.window.message_bar.message is None


def test_all_layers_lost_is_one_message_and_the_rest_works(open_program, resources):
    shutil.rmtree(resources / "layers")
    program = open_program()
    text = program.window.message_bar.text
    assert "layers cannot be read" in text
    assert str(resources / "layers") in text
    assert program.window.message_bar.height() <= program.window.centralWidget().height() / 2
    assert program.session.article is not None


def test_what_window_and_engine_both_miss_is_told_once(open_program, resources):
    for name in ("styles/palette.toml", "fonts/Inter-Bold.otf"):
        (resources / name).unlink()
    text = all_text(open_program())
    assert [text.count(f"{name}: ") for name in ("palette.toml", "Inter-Bold.otf")] == [1, 1]


def test_a_window_without_looks_icons_and_colours_can_be_used(open_program, resources):
    shutil.rmtree(resources / "styles")
    shutil.rmtree(resources / "icons")
    program = open_program()
    text = all_text(program)
    for name in ("palette.toml", "window.qss", "icons cannot be read"):
        assert name in text
    assert "Errno" not in text
    program.window.window_actions["theme_dark"].trigger()
    assert program.session.theme == "dark"


@pytest.mark.parametrize(
    "name",
    [
        "catalogue.toml",
        "articles/alaska-talks.md",
        "articles/alaska-talks.passages.toml",
        "annotations/alaska-talks.geojson",
        "styles/window.qss",
        "icons/house.svg",
        "icons/check-light.svg",
    ],
)
@pytest.mark.parametrize("data", [b"{{{ \xff\x00 ]]", b""], ids=["garbled", "empty"])
def test_a_damaged_file_is_named_with_what_to_do(open_program, resources, name, data):
    write(resources / name, data)
    text = all_text(open_program())
    assert str(resources / name) in text
    assert "estore" in text or "Begin it" in text or "Add " in text
    assert "Errno" not in text
