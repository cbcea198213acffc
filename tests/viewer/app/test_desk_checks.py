"""What is seen of screens and settings before a talk."""

import pytest

from viewer.app.desk_checks import ScreenSeen, of_screens, of_settings, seen, seen_beside

LAPTOP = ScreenSeen("eDP-1", (0, 0), (1920, 1080))
PROJECTOR = ScreenSeen("HDMI-1", (1920, 0), (1920, 1080))


def test_two_screens_side_by_side_are_as_they_should_be():
    assert of_screens((LAPTOP, PROJECTOR)) == ()
    assert of_screens(()) == ()


def test_one_screen_is_good_to_know_and_no_fault():
    (finding,) = of_screens((LAPTOP,))
    assert finding.is_note and "Only one screen" in finding.what and finding.fix


def test_mirrored_screens_are_a_fault():
    (finding,) = of_screens((LAPTOP, ScreenSeen("HDMI-1", (0, 0), (1920, 1080))))
    assert not finding.is_note and "same picture" in finding.what


def test_a_coarse_projector_is_named_with_how_high_its_letters_are():
    (finding,) = of_screens((LAPTOP, ScreenSeen("VGA-1", (1920, 0), (800, 600))))
    assert "VGA-1 has 800 × 600 pixels" in finding.what and "13 pixels high" in finding.what


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"show-banners": "true"}, ["Notifications"]),
        ({"show-banners": "false", "idle-delay": "uint32 0"}, []),
        ({"idle-delay": "uint32 300"}, ["after 5 min"]),
        ({"q": "Screen Saver:\n  prefer blanking: yes\n  timeout:  600    cycle:  600"}, ["after 10 min"]),
        ({"q": "  timeout:  0    cycle:  600"}, []),
    ],
)
def test_settings_that_could_interrupt_are_told_as_far_as_the_desktop_tells_them(said, found):
    findings = of_settings(lambda command: said.get(command[-1], ""))
    assert len(findings) == len(found)
    for finding, words in zip(findings, found, strict=True):
        assert words in finding.what and finding.is_note and finding.fix


def test_qts_screens_are_seen_as_they_are(qapp):
    (screen,) = seen(qapp.screens())
    assert screen.size == qapp.primaryScreen().geometry().size().toTuple()


def test_without_a_display_no_screens_are_seen():
    assert seen_beside() == ()
