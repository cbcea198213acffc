"""Between the article and the map, both ways: twenty features, twenty passages, and back over what was visited."""

from person import pause
from test_first_walk import DOUBLE_CLICK_S, settled

_SPANS_OF = "__import__('viewer.panels.typesetting', fromlist=['spans_of']).spans_of"
PAGE = "window.article_panel.page"
CAMERA = "session.camera.x, session.camera.y, session.camera.metres_per_pixel"
PLACE = f"[{CAMERA}, session.annotation and session.annotation.id]"
CURSOR = f"{PAGE}.textCursor()"
MARKED = f"''.join(s.cursor.selectedText() for s in {PAGE}.extraSelections())"
AT_REST = "canvas.is_sharp and not canvas.is_moving_by_itself"
VISITS = "len(window.findChild(QtCore.QObject, 'travelling').visits.all)"
PASSAGES = "sorted({one.passage for one in session.annotations if one.passage})"
ALL_IN_VIEW = (
    "all(-1 <= px <= session.viewport.width_px + 1 and -1 <= py <= session.viewport.height_px + 1"
    " for hit in session.glow"
    " for px, py in (session.viewport.to_screen(x, y)"
    " for x in (hit.extent.left, hit.extent.right) for y in (hit.extent.bottom, hit.extent.top)))"
)


def spans(passage: str) -> str:
    return f"{_SPANS_OF}({PAGE}.document(), 'passage:{passage}')"


def click_passage(person, passage: str) -> None:
    span = spans(passage)
    person.see(f"{PAGE}.bring_to_middle({span}[0])")
    cursor = f"(lambda c: (c.setPosition({span}[0][0] + 3), {PAGE}.cursorRect(c).center())[1])({PAGE}.textCursor())"
    person.click(*person.see(f"(lambda p: (p.x(), p.y()))({PAGE}.viewport().mapToGlobal({cursor}))"))


def every(count: int, found: list) -> list:
    """So many of them, evenly from first to last."""
    return [found[index * len(found) // count] for index in range(count)]


def test_twenty_passages_clicked_fly_to_all_their_features(person):
    settled(person)
    for passage in every(20, person.see(PASSAGES)):
        click_passage(person, passage)
        person.wait_to_see(f"session.annotation is not None and session.annotation.passage == {passage!r}")
        wanted = f"{{r for one in session.annotations.of_passage({passage!r}) for r in one.references}}"
        person.wait_to_see(f"{{hit.reference for hit in session.glow}} == {wanted} and {AT_REST}")
        assert person.see("session._is_of_the_whole(session.annotation)") or person.see(ALL_IN_VIEW), passage
        assert person.see(MARKED) == person.see(f"''.join({PAGE}.toPlainText()[a:b] for a, b in {spans(passage)})")
    assert person.see("problems") == []


def test_back_and_forward_retrace_the_passages_that_were_visited(person):
    settled(person)
    person.wait_to_see(f"{VISITS} == 1")
    places = [person.see(PLACE)]
    for count, passage in enumerate(every(4, person.see(PASSAGES)), start=2):
        click_passage(person, passage)
        person.wait_to_see(f"{VISITS} == {count} and {AT_REST}")
        person.wait_to_see("not window.findChild(QtCore.QObject, 'travelling').is_waiting")
        places.append(person.see(PLACE))
    for place in reversed(places[:-1]):
        person.key("alt+Left")
        person.wait_to_see(f"{PLACE} == {place} and {AT_REST}")
    for place in places[1:3]:
        person.key("alt+Right")
        person.wait_to_see(f"{PLACE} == {place} and {AT_REST}")
    for place in places[3:]:
        person.use("click", 9)
        person.wait_to_see(f"{PLACE} == {place} and {AT_REST}")
    person.use("click", 8)
    person.wait_to_see(f"{PLACE} == {places[-2]}")
    assert person.see("problems") == []


FEATURES = (
    "sorted({r for one in session.annotations for r in one.references"
    " if r.partition('/')[0] in ('bases', 'resource-sites', 'ports', 'annotations')"
    " and session.annotations.of_feature(r)[0].passage})"
)


def test_twenty_features_clicked_highlight_their_passages(person):
    settled(person)
    for reference in every(20, person.see(FEATURES)):
        person.see(f"session.show_features(({reference!r},))")
        person.wait_to_see(f"[hit.reference for hit in session.glow] == [{reference!r}] and {AT_REST}")
        point = "session.viewport.to_screen(*map(float, session.glow[0].outline[0][0]))"
        place = f"(lambda p: (p.x(), p.y()))(canvas.mapToGlobal(QtCore.QPoint(*map(round, {point}))))"
        pause(DOUBLE_CLICK_S)
        where = person.see(place)
        person.see("session.read(None)")
        person.click(*where)
        person.wait_to_see("session.selection")
        for _ in range(3):
            found = person.see("session.selection.reference")
            if found == reference:
                break
            pause(DOUBLE_CLICK_S)  # what lies below is come to by clicking again in place
            person.click(*where)
            person.wait_to_see(f"session.selection.reference != {found!r}")
        assert person.see("session.selection.reference") == reference
        passage = person.see(f"session.annotations.of_feature({reference!r})[0].passage")
        assert person.see("session.annotation.passage") == passage
        assert person.see(MARKED) == person.see(f"''.join({PAGE}.toPlainText()[a:b] for a, b in {spans(passage)})")
        top = person.see(
            f"(lambda c: (c.setPosition({spans(passage)}[0][0]), {PAGE}.cursorRect(c).top())[1])({CURSOR})"
        )
        assert 0 <= top <= person.see(f"{PAGE}.viewport().height()"), reference
    assert person.see("problems") == []
