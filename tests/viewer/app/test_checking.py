"""``--check FILE`` lists the links that lead nowhere."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import geodata.article
import geodata.document
from geodata import own_articles
from geodata.anchors import anchored
from geodata.annotation_edits import TABLE, text_of
from geodata.annotations import Annotation
from geodata.edits import Edit, Row
from geodata.own_articles import OwnArticle
from viewer.app import startup

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
TOWNS = gpd.GeoDataFrame({"name": ["Nome"]}, geometry=[shapely.Point(-165.4, 64.5)], crs="EPSG:4326")
OWN = OwnArticle("a1", "Ice and iron", "## Ice\n\nThe ice leaves Pevek early. Nobody had expected that to last.")


@pytest.fixture
def article(tmp_path):
    for name in ("alaska-talks.md", "alaska-talks.passages.toml"):
        shutil.copy(RESOURCES / "articles" / name, tmp_path / name)
    return tmp_path / "alaska-talks.md"


def rows_written(path: Path, *rows: Row) -> Path:
    """Return a document with these rows in it, as the window would keep them."""
    with geodata.document.open(path) as document:
        document.write("Towns", TOWNS)
        with document._changing() as connection:
            document._append(connection, Edit("as the window does", rows), "")
        document.save()
    return path


def note(**members) -> Row:
    own = Annotation("own_1", "Ice", "note", "own", "Text.", **members)
    return Row(TABLE, own.id, None, text_of(own))


def passage_row(exact: str, text: str = OWN.text) -> Row:
    whole = own_articles.structured(OwnArticle(OWN.id, OWN.title, text))
    start = geodata.article.plain(whole.sections[0].text)[0].index(exact)
    passage = anchored(whole, "ice", start, start + len(exact), passage_id="own_p")
    return Row(own_articles.PASSAGES, "own_p", None, own_articles.passage_text(passage, OWN.id))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check"],
        ["--check", str(RESOURCES / "articles" / "alaska-talks.md")],
        ["--check", str(RESOURCES / "annotations" / "alaska-talks.geojson")],
    ],
)
def test_every_link_of_what_is_built_in_leads_somewhere(arguments, capsys):
    assert startup.run(arguments) == 0
    assert "every link leads somewhere" in capsys.readouterr().out


def test_a_passage_whose_words_are_gone_from_the_article_is_named_with_its_section(article, capsys):
    article.write_text(article.read_text().replace("reaches well past the war in Ukraine", "goes further"))
    assert startup.run(["--check", str(article)]) == 1
    assert "passage beyond_ukraine, section opening: " in capsys.readouterr().out


def test_annotations_of_features_and_passages_that_do_not_exist_are_named(tmp_path, capsys):
    file = tmp_path / "notes.geojson"
    text = json.loads((RESOURCES / "annotations" / "alaska-talks.geojson").read_text())
    text["features"][0]["properties"] |= {"targets": ["lanes/nsr_maim"], "passage": "hinges"}
    file.write_text(json.dumps(text))
    assert startup.run(["--check", str(file)]) == 1
    told = capsys.readouterr().out
    assert "dangling: there is no feature lanes/nsr_maim." in told
    assert "dangling: there is no passage hinges." in told


def test_a_document_whose_links_all_lead_somewhere_is_said_to_be_so(tmp_path, capsys):
    rows = (
        Row(own_articles.ARTICLES, OWN.id, None, own_articles.text_of(OWN)),
        passage_row("leaves Pevek early"),
        note(targets=("lanes/nsr_main",), passage="own_p"),
    )
    assert startup.run(["--check", str(rows_written(tmp_path / "d.arcticmap", *rows))]) == 0
    assert "every link leads somewhere" in capsys.readouterr().out


def test_a_document_names_its_dangling_ambiguous_and_orphan_links(tmp_path, capsys):
    changed = OwnArticle(OWN.id, OWN.title, "## Ice\n\nWho says that it leaves Pevek early? The gas stays for ever.")
    rows = (
        Row(own_articles.ARTICLES, OWN.id, None, own_articles.text_of(changed)),
        passage_row("leaves Pevek early"),
        note(targets=("own-gone/7",), passage="own_q"),
    )
    assert startup.run(["--check", str(rows_written(tmp_path / "d.arcticmap", *rows))]) == 1
    told = capsys.readouterr().out
    assert "article Ice and iron, passage own_p, section ice: ambiguous: “leaves Pevek early”" in told
    assert "there is no feature own-gone/7" in told
    assert "there is no passage own_q" in told


def test_a_passage_of_an_article_that_is_gone_is_dangling(tmp_path, capsys):
    file = rows_written(tmp_path / "d.arcticmap", passage_row("leaves Pevek early"))
    assert startup.run(["--check", str(file)]) == 1
    assert "passage own_p: dangling: there is no article a1." in capsys.readouterr().out


def test_what_cannot_be_read_fails_in_plain_words(tmp_path, capsys):
    assert startup.run(["--check", str(tmp_path / "lost.arcticmap")]) == 1
    assert "There is no such file." in capsys.readouterr().err
