"""A session with a small stack, an article of three passages and annotations of two features."""

from pathlib import Path

import numpy as np
import pytest

from geodata.annotations import Annotation, AnnotationSet, CitedSource
from geodata.article import Article, Passage, Section
from geodata.catalogue import Catalogue, Source
from geodata.extent import Extent
from geodata.hit import Hit
from viewer.model import palette
from viewer.model.camera import Camera
from viewer.model.layer import Layer, LayerStack
from viewer.model.styles import FillStyle, LineStyle, Rule, SymbolStyle
from viewer.panels.icons import Icons
from viewer.session import Session

RESOURCES = Path(__file__).parents[3] / "resources"

FILLER = " ".join(["The delegations met behind closed doors and said little of it afterwards."] * 40)
SECTIONS = (
    Section("opening", "Opening", f"A remote base may be the hinge. {FILLER}"),
    Section("metals", "Metals", f"{FILLER}\n\nNickel comes from *Norilsk* by the lane. {FILLER}"),
)
PASSAGES = (
    Passage("hinge", "opening", "A remote base"),
    Passage("nickel", "metals", "Nickel comes from Norilsk"),
    Passage("unlinked", "metals", "by the lane"),
)
ANNOTATIONS = AnnotationSet(
    (
        Annotation(
            id="base_lead",
            title="The hinge",
            kind="lead",
            voice="article",
            body="The base is **far** from everywhere.\n\n![spy](file:///etc/hostname) <img src=x>",
            passage="hinge",
            targets=("sites/base",),
            likelihood="likely",
            confidence="moderate",
            local_name="Elmendorf",
            sources=(
                CitedSource("Overview", "US Air Force", date="2024-05", address="https://example.org/x", grade="A1"),
                CitedSource("Report", "A newspaper"),
            ),
        ),
        Annotation(
            id="base_since",
            title="They met",
            kind="fact",
            voice="since",
            body="They did.",
            date="2025-08-15",
            targets=("sites/base",),
        ),
        Annotation(
            id="norilsk",
            title="Nickel",
            kind="did you know",
            voice="fact",
            body="A great deal of it.",
            passage="nickel",
            targets=("sites/norilsk",),
        ),
    )
)


def source(layer_id, title, group):
    return Source(layer_id, title, group, source="Drawn by hand", licence="MIT", vintage="2026", note="Rough.")


@pytest.fixture
def icons(qapp) -> Icons:
    return Icons(RESOURCES / "icons", palette.read(RESOURCES / "styles" / "palette.toml")["light"])


@pytest.fixture
def hit_of():
    def make(layer_id, feature_id, **attributes):
        attributes = {"id": feature_id, "name": feature_id.title(), **attributes}
        outline = (np.array([[1e6, 2e6]]),)
        return Hit(layer_id, feature_id, attributes, "point", outline, Extent(1e6, 2e6, 1e6, 2e6))

    return make


@pytest.fixture
def make_session(qapp):
    def make(*, article=True, annotations=ANNOTATIONS) -> Session:
        layers = (
            Layer("land", "Land", "Base map", FillStyle(fill=Rule("land"))),
            Layer(
                "lanes",
                "Shipping lanes",
                "Shipping lanes",
                LineStyle(colour=Rule("lane_nsr", "family", (("nsr", "lane_nsr"), ("nwp", "lane_nwp")))),
                selectable=True,
            ),
            Layer("names", "Names", "Own things", FillStyle()),
            Layer("outline", "Outline", "Alaska", FillStyle(outline=Rule("alaska_edge"))),
            Layer(
                "sites",
                "Mines",
                "Alaska",
                SymbolStyle(colour=Rule("metals")),
                selectable=True,
                min_mpp=100.0,
                max_mpp=5_000.0,
            ),
        )
        return Session(
            catalogue=Catalogue(tuple(source(layer.id, layer.title, layer.group) for layer in layers)),
            stack=LayerStack(layers),
            palettes=palette.read(RESOURCES / "styles" / "palette.toml"),
            theme="light",
            article=Article("The title", "A *digest*.", "en", SECTIONS, PASSAGES) if article else None,
            annotations=annotations,
            camera=Camera(0.0, 0.0, 1_000.0, 169.0),
        )

    return make


@pytest.fixture
def session(make_session) -> Session:
    return make_session()
