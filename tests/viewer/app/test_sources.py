import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from geodata.annotations import Annotation, AnnotationSet, CitedSource
from viewer.app.sources import Sources
from viewer.panels.address import AddressBox, is_address
from viewer.panels.page import Page

ADDRESS = "https://example.org/a/long/way?to=it&and=more"
CITED = Annotation(
    id="cited",
    title="Cited",
    kind="fact",
    voice="fact",
    body="Words.",
    sources=(
        CitedSource("Report", "Somebody", address=ADDRESS),
        CitedSource("Trap", "Nobody", address="file:///etc/hostname"),
        CitedSource("Script", "Nobody", address="javascript:alert(1)"),
        CitedSource("Book", "A press"),
    ),
)


@pytest.fixture
def opened(window, messages, session):
    addresses: list[str] = []
    Sources(window, messages, open_address=lambda url: addresses.append(url.toString()) or True)
    session.set_annotations(AnnotationSet((CITED,)))
    session.read(CITED)
    return addresses


def click_source(window, title):
    page = window.article_panel.card.findChild(Page)
    cursor = page.document().find(title)
    page.setTextCursor(cursor)
    page.ensureCursorVisible()
    cursor.setPosition(cursor.selectionStart() + 2)
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=page.cursorRect(cursor).center())


def box_of(window):
    boxes = [box for box in window.findChildren(AddressBox) if box.isVisible()]
    return boxes[0] if boxes else None


def test_no_address_is_opened_without_the_second_click(window, opened):
    click_source(window, "Report")
    box = box_of(window)
    assert box.shown.toPlainText() == ADDRESS
    assert opened == []
    QTest.mouseClick(box.open_button, Qt.MouseButton.LeftButton)
    assert opened == [ADDRESS]
    assert box_of(window) is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_leave_the_address_alone(window, opened, key):
    click_source(window, "Report")
    QTest.keyClick(box_of(window), key)
    assert box_of(window) is None
    assert opened == []


def test_the_address_can_be_copied_and_is_not_opened_by_it(window, opened):
    click_source(window, "Report")
    QTest.mouseClick(box_of(window).copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert opened == []


@pytest.mark.parametrize("title", ["Trap", "Script", "Book"])
def test_a_source_without_an_address_of_the_web_is_no_link(window, opened, title):
    click_source(window, title)
    assert box_of(window) is None
    assert opened == []


@pytest.mark.parametrize(
    "text",
    ["file:///etc/hostname", "javascript:alert(1)", "ftp://a.org/x", "https://", "https://me:word@a.org", "", "x"],
)
def test_only_plain_addresses_of_the_web_count(text):
    assert not is_address(text)
    assert is_address(ADDRESS)


def test_where_no_browser_can_be_started_it_is_told(window, messages, session):
    told = []
    messages.told.connect(told.append)
    sources = Sources(window, messages, open_address=lambda _: False)
    sources.show_address(ADDRESS)
    QTest.mouseClick(box_of(window).open_button, Qt.MouseButton.LeftButton)
    assert ADDRESS in told[0].text
