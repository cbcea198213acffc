import logging

from geodata.errors import GeodataError
from viewer.messages import Grade, Messages


def test_a_message_is_told_and_logged(qtbot, caplog):
    messages = Messages()
    messages.take_waiting()
    with caplog.at_level(logging.INFO), qtbot.waitSignal(messages.told) as told:
        messages.tell("The layer is missing.")
    assert told.args[0].text == "The layer is missing."
    assert ("viewer", logging.WARNING, "The layer is missing.") in caplog.record_tuples


def test_a_hint_is_logged_as_information(qapp, caplog):
    with caplog.at_level(logging.INFO):
        Messages().tell("Copied.", grade=Grade.HINT)
    assert ("viewer", logging.INFO, "Copied.") in caplog.record_tuples


def test_what_nobody_heard_yet_is_kept(qapp):
    messages = Messages()
    messages.tell("One.")
    messages.tell("Two.")
    assert [message.text for message in messages.take_waiting()] == ["One.", "Two."]
    assert messages.take_waiting() == ()


def test_an_error_tells_where_what_and_what_to_do(qapp):
    messages = Messages()
    messages.tell_error(GeodataError("It is broken.", where="a.toml", advice="Mend it."))
    assert messages.take_waiting()[0].text == "a.toml: It is broken. Mend it."
