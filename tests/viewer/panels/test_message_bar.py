import pytest
from PySide6.QtWidgets import QPushButton

from viewer.messages import Message, MessageAction
from viewer.panels.message_bar import MessageBar


@pytest.fixture
def bar(qtbot, icons):
    bar = MessageBar(icons=icons)
    qtbot.addWidget(bar)
    return bar


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


def test_the_action_is_done_and_the_message_closed(bar):
    done = []
    bar.show_message(Message("One", action=MessageAction("Mend it", lambda: done.append(True))))
    button = bar.findChild(QPushButton)
    assert button.text() == "Mend it"
    button.click()
    assert done == [True]
    assert not bar.isVisible()
