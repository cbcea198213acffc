import os
import shutil

import pytest
from PySide6.QtGui import QImage

from viewer.app.arguments import parse
from viewer.app.screenshot import draw


def drawn(resources, file, *words: str) -> int:
    return draw(parse(["--screenshot", str(file), *words]), file, resources=resources)


def test_a_picture_of_the_size_asked_for_is_drawn_and_named(qapp, small_resources, tmp_path, capsys):
    file = tmp_path / "map.png"
    assert drawn(small_resources, file, "--size", "640x360") == 0
    image = QImage(str(file))
    assert (image.width(), image.height()) == (640, 360)
    assert str(file) in capsys.readouterr().out


def test_the_themes_differ(qapp, small_resources, tmp_path):
    for theme in ("light", "dark"):
        drawn(small_resources, tmp_path / f"{theme}.png", "--size", "200x200", "--theme", theme)
    colours = [QImage(str(tmp_path / f"{theme}.png")).pixelColor(100, 100).lightness() for theme in ("light", "dark")]
    assert colours[0] > 200 > 100 > colours[1]


def test_a_place_and_scale_may_be_asked_for(qapp, small_resources, tmp_path):
    file = tmp_path / "map.png"
    assert drawn(small_resources, file, "--size", "200x200", "--view", "0,89,500") == 0
    assert QImage(str(file)).pixelColor(100, 100).name() == "#f1ede2"


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(qapp, small_resources, tmp_path, capsys):
    file = tmp_path / "absent" / "map.png"
    assert drawn(small_resources, file, "--size", "100x100") == 1
    assert str(file) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_layer_is_told_and_the_rest_is_drawn(qapp, small_resources, tmp_path, capsys):
    resources = tmp_path / "resources"
    shutil.copytree(small_resources, resources)
    (resources / "layers/lanes.prepared").unlink()
    assert drawn(resources, tmp_path / "map.png", "--size", "100x100") == 0
    assert "lanes.prepared" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--size", "12"], ["--size", "0x10"], ["--view", "mars"], ["--view", "1,-5,3"]])
def test_what_makes_no_sense_is_refused_with_a_reason(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        parse(words)
    assert stopped.value.code == 2
    assert words[1] in capsys.readouterr().err


def test_the_command_line_knows_every_view():
    from viewer.app import arguments
    from viewer.model import views

    assert arguments.VIEW_NAMES == views.VIEW_NAMES


def test_what_is_no_file_is_not_replaced(qapp, small_resources, tmp_path, capsys):
    folder = tmp_path / "map.png"
    folder.mkdir()
    assert drawn(small_resources, folder, "--size", "100x100") == 1
    assert folder.is_dir()
    assert str(folder) in capsys.readouterr().err


def test_a_link_stays_and_what_it_points_to_is_replaced(qapp, small_resources, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere/real.png", tmp_path / "map.png"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert drawn(small_resources, link, "--size", "100x100") == 0
    assert link.is_symlink()
    assert QImage(str(target)).width() == 100
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in target.parent.iterdir()] == ["real.png"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(qapp, small_resources, tmp_path):
    link = tmp_path / "map.png"
    link.symlink_to(tmp_path / "real.png")
    assert drawn(small_resources, link, "--size", "100x100") == 0
    assert link.is_symlink()
    assert (tmp_path / "real.png").is_file()


def test_a_link_that_leads_round_in_a_circle_is_refused(qapp, small_resources, tmp_path, capsys):
    link = tmp_path / "map.png"
    link.symlink_to(link)
    assert drawn(small_resources, link, "--size", "100x100") == 1
    assert str(link) in capsys.readouterr().err


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.png.txt"])
def test_what_would_be_no_png_is_refused(qapp, small_resources, tmp_path, capsys, name):
    assert drawn(small_resources, tmp_path / name, "--size", "100x100") == 1
    assert ".png" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_not_replaced(qapp, small_resources, tmp_path, capsys):
    pipe = tmp_path / "map.png"
    os.mkfifo(pipe)
    assert drawn(small_resources, pipe, "--size", "100x100") == 1
    assert pipe.is_fifo()
    assert str(pipe) in capsys.readouterr().err
