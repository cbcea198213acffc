from dataclasses import replace

import numpy as np
import pytest

from geodata.annotations import Annotation, AnnotationSet
from geodata.catalogue import Catalogue, Source
from geodata.extent import Extent
from geodata.hit import Hit
from viewer.model.camera import Camera
from viewer.model.layer import Layer, LayerStack
from viewer.model.palette import Palette
from viewer.model.styles import InvisibleStyle
from viewer.session import Session

NORILSK = Annotation("norilsk", "Norilsk", "fact", "fact", "Body", passage="metals", targets=("sites/norilsk",))
KOLA = Annotation("kola", "Kola", "fact", "fact", "Body", passage="metals", targets=("sites/kola", "sites/norilsk"))


def hit(feature_id: str) -> Hit:
    return Hit("sites", feature_id, {"name": feature_id}, "point", (np.zeros((1, 2)),), Extent(0, 0, 0, 0))


@pytest.fixture
def session(qapp) -> Session:
    return Session(
        catalogue=Catalogue(()),
        stack=LayerStack((Layer("sites", "Sites", "Group", InvisibleStyle()),)),
        palettes={"light": Palette("light", {}), "dark": Palette("dark", {})},
        theme="light",
        article=None,
        annotations=AnnotationSet((NORILSK, KOLA)),
        camera=Camera(0, 0, 1000),
    )


def heard(signal) -> list:
    values = []
    signal.connect(values.append)
    return values


def test_a_change_is_announced_once_and_no_change_is_not(session):
    cameras = heard(session.camera_changed)
    session.set_camera(Camera(1, 2, 500))
    session.set_camera(Camera(1, 2, 500))
    assert cameras == [Camera(1, 2, 500)]


def test_a_camera_beyond_the_map_is_brought_back(session):
    session.set_camera(Camera(1e9, 0, 1e9))
    assert session.camera == Camera(1e9, 0, 1e9).clamped()


def test_selecting_a_feature_opens_its_foremost_annotation(session):
    session.select(hit("norilsk"))
    assert session.annotation is NORILSK


def test_selecting_a_feature_without_an_annotation_closes_the_open_one(session):
    session.select(hit("norilsk"))
    session.select(hit("elsewhere"))
    assert session.annotation is None
    assert session.selection is not None


def test_selecting_nothing_clears_selection_annotation_and_glow(session):
    session.select(hit("norilsk"))
    session.set_glow((hit("kola"),))
    session.select(None)
    assert (session.selection, session.annotation, session.glow) == (None, None, ())


def test_a_passage_opens_its_first_annotation_and_asks_for_all_its_features_once(session):
    asked = heard(session.features_requested)
    session.open_passage("metals")
    assert session.annotation is NORILSK
    assert asked == [("sites/norilsk", "sites/kola")]


def test_opening_a_passage_clears_the_selection(session):
    session.select(hit("norilsk"))
    session.open_passage("metals")
    assert session.selection is None


def test_an_outlook_and_what_is_said_of_it_alone_ask_for_the_whole_arctic(session):
    mark = '{"type":"Point","coordinates":[0,80]}'
    outlook = Annotation("outlook", "Outlook", "outlook", "article", "Body", passage="future", place=mark)
    since = Annotation("since", "Since", "since", "fact", "Body", targets=("annotations/outlook",))
    mixed = Annotation("mixed", "Mixed", "claim", "article", "Body", targets=("annotations/outlook", "sites/kola"))
    session.annotations = AnnotationSet((outlook, since, mixed))
    overviews, features = heard(session.overview_requested), heard(session.features_requested)
    session.open_passage("future")
    session.open_annotation(since)
    session.open_annotation(mixed)
    assert overviews == [("annotations/outlook",), ("annotations/outlook",)]
    assert features == [("annotations/outlook", "sites/kola")]


def test_an_unknown_passage_changes_nothing(session):
    asked = heard(session.features_requested)
    session.open_passage("no such")
    assert asked == []


def test_theme_and_stack_are_announced_with_their_new_values(session):
    palettes, stacks = heard(session.theme_changed), heard(session.stack_changed)
    session.set_theme("dark")
    session.set_stack(LayerStack())
    assert [palette.theme for palette in palettes] == ["dark"]
    assert stacks == [LayerStack()]


def test_a_layer_of_ones_own_comes_with_its_origin_and_leaves_with_what_is_selected_in_it(session):
    layer = Layer("own", "Own", "Your layers", InvisibleStyle(), prepared_path="x")
    session.add_layer(layer, Source("own", "Own", "Your layers", "a file", "", "today"), before="sites")
    assert [layer.id for layer in session.stack] == ["own", "sites"]
    assert session.catalogue.get("own").source == "a file"
    session.select(replace(hit("a"), layer_id="own"))
    session.set_glow((replace(hit("b"), layer_id="own"),))
    session.hover(replace(hit("c"), layer_id="own"))
    session.remove_layer("own")
    assert session.stack.get("own") is None
    assert (session.selection, session.glow, session.hovered) == (None, (), None)


def test_removing_a_layer_leaves_the_selection_in_others(session):
    session.add_layer(
        Layer("own", "Own", "Your layers", InvisibleStyle(), prepared_path="x"),
        Source("own", "Own", "Your layers", "a file", "", "today"),
    )
    session.select(hit("norilsk"))
    session.remove_layer("own")
    assert session.selection is not None
