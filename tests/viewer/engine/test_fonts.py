from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QRawFont

from viewer.engine import fonts

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(autouse=True)
def loaded(qapp):
    assert fonts.load(RESOURCES) == ()


@pytest.mark.parametrize("role", fonts.LOOKS)
def test_every_role_is_set_in_the_bundled_family(role):
    info = QFontInfo(fonts.font_of(role))
    assert info.family() == fonts.FAMILY
    assert info.italic() == fonts.LOOKS[role].italic
    assert info.weight() == fonts.LOOKS[role].weight


@pytest.mark.parametrize(
    "text", ["Северный морской путь", "Ямало-Ненецкий", "Київ", "Utqiaġvik", "Tromsø", "66° 33′ N"]
)
def test_every_face_has_latin_and_cyrillic_letters(text):
    for role in fonts.LOOKS:
        raw = QRawFont.fromFont(fonts.font_of(role))
        assert all(raw.supportsCharacter(ord(letter)) for letter in text)


def test_a_missing_face_is_named_and_not_fatal(tmp_path):
    problems = fonts.load(tmp_path)
    assert len(problems) == len(fonts.FACES)
    assert "Inter-Regular.otf" in str(problems[0])


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
