import pytest
from PySide6.QtWidgets import QPushButton, QTextEdit

from viewer.app.map_frame import MapFrame
from viewer.messages import Message, MessageAction
from viewer.panels.icons import IconButton
from viewer.panels.message_bar import MessageBar


@pytest.fixture
def bar(qtbot, icons):
    bar = MessageBar(icons=icons)
    qtbot.addWidget(bar)
    return bar


def button(bar, text):
    return next(found for found in bar.findChildren(QPushButton) if found.text() == text)


def test_a_message_is_shown_until_it_is_closed(bar):
    bar.show_message(Message("One"))
    assert bar.isVisible()
    bar.close_message()
    assert not bar.isVisible()


def test_the_newest_message_is_shown_first_and_then_those_before(bar):
    bar.show_message(Message("One"))
    bar.show_message(Message("Two"))
    assert bar.message.text == "Two"
    bar.close_message()
    assert bar.message.text == "One"


def test_the_same_message_is_not_piled_up(bar):
    bar.show_message(Message("One"))
    bar.show_message(Message("One"))
    bar.close_message()
    assert bar.message is None


def test_many_messages_are_summed_up_and_shown_on_demand(bar):
    for number in range(26):
        bar.show_message(Message(f"Layer {number} is lost."))
    assert bar.text == "Layer 25 is lost."
    more = button(bar, "and 25 more")
    more.click()
    assert bar.is_opened
    assert all(f"Layer {number} is lost." in bar.text for number in range(26))
    more.click()
    assert bar.text == "Layer 25 is lost."


def test_the_details_of_a_message_are_shown_on_demand(bar):
    bar.show_message(Message("3 layers are lost.\n\nland\nlakes\nlanes"))
    assert bar.text == "3 layers are lost."
    button(bar, "Details").click()
    assert "lakes" in bar.text


def test_closing_what_is_shown_closes_all_where_all_is_shown(bar):
    for number in range(3):
        bar.show_message(Message(f"Layer {number} is lost."))
    close = bar.findChild(IconButton)
    close.click()
    assert bar.message.text == "Layer 1 is lost."
    button(bar, "and 1 more").click()
    assert close.toolTip() == "Close these messages"
    close.click()
    assert bar.message is None
    assert not bar.isVisible()


@pytest.mark.parametrize("width", [320, 640])
def test_however_much_there_is_to_say_half_the_map_stays_free(qtbot, icons, width):
    frame = MapFrame(MessageBar(icons=icons))
    qtbot.addWidget(frame)
    frame.resize(width, 400)
    frame.show()
    bar = frame.findChild(MessageBar)
    path = "/somewhere/with/a/long/name/" + "folder" * 12 + "/layers/land.fgb"
    for number in range(40):
        bar.show_message(Message(f"{path}: the layer {number} is lost." * 3))
    assert bar.height() <= 120
    assert frame.rect().contains(bar.geometry())
    button(bar, "and 39 more").click()
    assert bar.height() <= 200
    assert frame.rect().contains(bar.geometry())


def test_a_long_path_is_wrapped_and_whole(qtbot, icons):
    frame = MapFrame(MessageBar(icons=icons))
    qtbot.addWidget(frame)
    frame.resize(400, 600)
    frame.show()
    bar = frame.findChild(MessageBar)
    bar.show_message(Message("/" + "x" * 120))
    words = bar.findChild(QTextEdit)
    qtbot.waitUntil(lambda: words.document().size().height() <= words.viewport().height())
    assert words.document().size().width() <= words.viewport().width()


def test_the_action_is_done_and_the_message_closed(bar):
    done = []
    bar.show_message(Message("One", action=MessageAction("Mend it", lambda: done.append(True))))
    button(bar, "Mend it").click()
    assert done == [True]
    assert not bar.isVisible()
