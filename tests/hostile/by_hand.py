"""Files that somebody thought of: bombs, traps, and what no sane program writes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.hostile.containers import archives, databases
from tests.hostile.texts import articles
from tests.hostile.words import DEEP, LONG, NAMES, SOURCES, VRT, Made


def write_all(good: dict[str, Path], folder: Path, *, with_bombs: bool) -> list[Path]:
    """Write them all into a folder and return them; bombs of gigabytes take half a minute to make."""
    made: list[Path] = []
    for family in (_geojson, _markup, _tables, archives, databases, articles, _swapped, _names):
        place = folder / family.__name__.strip("_")
        place.mkdir()
        for name, content in family(good):
            path = place / name
            if "bomb" in name and not with_bombs:
                continue
            if callable(content):
                content(path)
            else:
                path.write_bytes(content)
            made.append(path)
    return made


def _feature(geometry: str, properties: str = "{}") -> bytes:
    feature = f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'
    return f'{{"type":"FeatureCollection","features":[{feature}]}}'.encode()


def _geojson(_good: dict[str, Path]) -> Made:
    for name, number in (("nan", "NaN"), ("inf", "Infinity"), ("huge", "1e9"), ("overflow", "1e999"), ("text", '"9"')):
        yield f"{name}.geojson", _feature(f'{{"type":"Point","coordinates":[{number},70]}}')
        yield f"{name}_line.geojson", _feature(f'{{"type":"LineString","coordinates":[[10,70],[{number},80],[30,60]]}}')
    ring = "[[0,60],[20,80],[20,60],[0,80],[0,60]]"
    shapes = {
        "bow": f'{{"type":"Polygon","coordinates":[{ring}]}}',
        "hole_outside": f'{{"type":"Polygon","coordinates":[{ring},[[90,60],[91,60],[91,61],[90,60]]]}}',
        "two_points": '{"type":"Polygon","coordinates":[[[0,60],[1,60]]]}',
        "one_point_line": '{"type":"LineString","coordinates":[[0,60]]}',
        "nothing": '{"type":"Polygon","coordinates":[]}',
        "empty_rings": '{"type":"Polygon","coordinates":[[],[],[]]}',
        "null": "null",
        "unknown": '{"type":"Dodecahedron","coordinates":[1,2]}',
        "same_point": f'{{"type":"LineString","coordinates":[{",".join(["[5,70]"] * 10_000)}]}}',
        "spike": '{"type":"Polygon","coordinates":[[[0,60],[10,60],[0,60],[0,60]]]}',
        "world": '{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}',
        "beyond_world": '{"type":"Polygon","coordinates":[[[-900,-900],[900,-900],[900,900],[-900,900],[-900,-900]]]}',
        "many_dimensions": '{"type":"Point","coordinates":[1,70,3,4,5,6,7,8,9]}',
        "self_touching": '{"type":"Polygon","coordinates":[[[0,60],[10,70],[0,80],[10,70],[20,80],[20,60],[0,60]]]}',
        "south": '{"type":"Point","coordinates":[0,-90]}',
        "pole": '{"type":"Polygon","coordinates":[[[0,80],[90,80],[180,80],[-90,80],[0,80]]]}',
    }
    yield from ((f"{name}.geojson", _feature(shape)) for name, shape in shapes.items())
    nested = '{"type":"GeometryCollection","geometries":[' * 200 + '{"type":"Point","coordinates":[0,70]}' + "]}" * 200
    yield "nested_200.geojson", _feature(nested)
    yield "nested_million.geojson", b'{"type":"FeatureCollection","features":' + b"[" * DEEP + b"]" * DEEP + b"}"
    yield "nested_objects.geojson", b'{"a":' * DEEP + b"1" + b"}" * DEEP
    yield (
        "nested_in_attribute.geojson",
        _feature('{"type":"Point","coordinates":[0,70]}', '{"a":' * 5_000 + "1" + "}" * 5_000),
    )
    yield "long_number.geojson", _feature(f'{{"type":"Point","coordinates":[{"9" * 100_000},70]}}')
    yield (
        "long_attribute.geojson",
        _feature('{"type":"Point","coordinates":[0,70]}', json.dumps({"name": "y" * 30_000_000})),
    )
    columns = json.dumps({f"column {number}": number for number in range(3_000)})
    yield "many_columns.geojson", _feature('{"type":"Point","coordinates":[0,70]}', columns)
    yield (
        "same_key.geojson",
        _feature('{"type":"Point","coordinates":[0,70]}', '{"a":1,"a":2,"A":3,"ID":4,"id":5,"fid":6,"geometry":7}'),
    )
    yield "half_surrogate.geojson", _feature('{"type":"Point","coordinates":[0,70]}', r'{"name":"\ud800","\udfff":1}')
    crs = '"crs":{{"type":"name","properties":{{"name":"{}"}}}},'
    for number, name in enumerate(
        ("EPSG:0", "urn:ogc:def:crs:EPSG::999999999", "/etc/passwd", "http://127.0.0.1:9/x", LONG)
    ):
        whole = _feature('{"type":"Point","coordinates":[0,70]}').decode()
        yield f"crs_{number}.geojson", whole.replace('"features"', crs.format(name) + '"features"').encode()
    for number, name in enumerate(NAMES):
        yield (
            f"words_{number}.geojson",
            _feature('{"type":"Point","coordinates":[0,70]}', json.dumps({"name": name, name or "x": name})),
        )
    yield "wrong_zone.geojsonl", b"\n".join([b"{"] * 100_000)
    yield "one_line.geojsonl", b'{"type":"Feature","properties":{},"geometry":null}' * 10_000


def _markup(_good: dict[str, Path]) -> Made:
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
    mark = (
        "<Placemark><name>{0}</name><description>{0}</description>"
        "<Point><coordinates>{1}</coordinates></Point></Placemark>"
    )
    gpx = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
    point = '<wpt lat="{1}" lon="{1}"><name>{0}</name><link href="{0}"/></wpt>'
    for suffix, whole, one in ((".kml", kml, mark), (".gpx", gpx, point)):
        for number, source in enumerate((*SOURCES, "file:///etc/passwd", "http://127.0.0.1:9/x.dtd", "expect://id")):
            text = entity.format(source) + whole.format(one.format("&e;", "0,70" if suffix == ".kml" else "70"))
            yield f"entity_{number}{suffix}", text.encode()
        late = f"<!--{'x' * 70_000}-->"
        yield (
            f"late_entity{suffix}",
            (
                '<?xml version="1.0"?>'
                + late
                + entity.format("/etc/passwd")[21:]
                + whole.format(one.format("&e;", "70"))
            ).encode(),
        )
        yield (
            f"laughs{suffix}",
            (
                f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
                + whole.format(one.format("&l11;", "70"))
            ).encode(),
        )
        yield (
            f"late_laughs{suffix}",
            (
                f'<?xml version="1.0"?>{late}<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
                + whole.format(one.format("&l11;", "70"))
            ).encode(),
        )
        yield f"deep{suffix}", ("<?xml version='1.0'?>" + whole.format("<a>" * DEEP + "</a>" * DEEP)).encode()
        yield f"deep_open{suffix}", ("<?xml version='1.0'?>" + whole.split("{")[0] + "<Folder>" * 100_000).encode()
        yield f"long_name{suffix}", ("<?xml version='1.0'?>" + whole.format(one.format(LONG, "0,70"))).encode()
        for number, value in enumerate(("NaN,NaN", "1e9,70", "inf", "", "70;70", "0x10,70", "9" * 5_000)):
            yield f"place_{number}{suffix}", ("<?xml version='1.0'?>" + whole.format(one.format("a", value))).encode()
        yield (
            f"utf16{suffix}",
            ("<?xml version='1.0' encoding='utf-16'?>" + whole.format(one.format("a", "70"))).encode("utf-16"),
        )
        yield (
            f"odd_encoding{suffix}",
            b"<?xml version='1.0' encoding='x-evil'?>" + whole.format(one.format("a", "70")).encode(),
        )
    balloons = (
        "<script>alert(1)</script>",
        '<img src="http://127.0.0.1:9/x.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="file:///etc/passwd">',
        '<object data="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd)</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "<table>" * 3_000,
    )
    for number, balloon in enumerate(balloons):
        text = kml.format(mark.format(f"<![CDATA[{balloon}]]>", "33,69"))
        yield f"balloon_{number}.kml", ("<?xml version='1.0'?>" + text).encode()
    for number, link in enumerate(("http://127.0.0.1:9/x.kml", "file:///etc/passwd", "../../x.kml")):
        text = kml.format(f"<NetworkLink><Link><href>{link}</href></Link></NetworkLink>" + mark.format("a", "33,69"))
        yield f"network_link_{number}.kml", ("<?xml version='1.0'?>" + text).encode()


def _tables(_good: dict[str, Path]) -> Made:
    head = b"name,lon,lat\n"
    for number, value in enumerate(("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "\t=1", *NAMES)):
        yield f"cell_{number}.csv", head + f'"{value}",33,69\n'.encode()
    for number, (lon, lat) in enumerate(
        (("NaN", "NaN"), ("inf", "-inf"), ("1e9", "70"), ("", ""), ("33°", "x"), ("1" * 5_000, "70"))
    ):
        yield f"place_{number}.csv", head + f"a,{lon},{lat}\n".encode() * 50
    yield "one_column.csv", b"a\n" * 100_000
    yield "many_columns.csv", (",".join(f"c{n}" for n in range(20_000)) + "\n" + ",".join(["1"] * 20_000)).encode()
    yield "ragged.csv", head + b"".join(b"a," * (n % 40) + b"1\n" for n in range(5_000))
    yield "open_quote.csv", head + b'"' + b"a,1,2\n" * 200_000
    yield "long_line.csv", head + b"x" * 20_000_000
    yield "zeros.csv", bytes(1_000_000)
    yield "only_head.csv", head
    yield "same_heads.csv", b"lon,lat,lon,lat,LON,Lat,,,\n" + b"33,69,33,69,33,69,1,2,3\n" * 5
    yield "vrt.csv", VRT.format("/etc/passwd").encode()
    yield (
        "wkt_collection.csv",
        b"wkt\n" + ('"' + "GEOMETRYCOLLECTION(" * 200 + "POINT(0 70)" + ")" * 200 + '"\n').encode(),
    )
    deep_wkt = b"GEOMETRYCOLLECTION(" * DEEP
    yield "deep.wkt", deep_wkt
    for number, text in enumerate(
        (
            "POINT(NaN NaN)",
            "POINT(1e999 70)",
            "POLYGON((0 0,1 1))",
            "POINT EMPTY",
            "SRID=999999;POINT(0 70)",
            "POINT Z M Q",
            "(" * 100_000,
        )
    ):
        yield f"words_{number}.wkt", text.encode()
    yield "huge_sheet.xlsx", _huge_sheet
    yield "entity.xlsx", lambda path: _sheet(path, b'<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>', b"&e;")
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    yield "laughs.xlsx", lambda path: _sheet(path, b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>", b"&l9;")


def _sheet(path: Path, doctype: bytes, word: bytes) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
        )
        row = b'<c t="inlineStr"><is><t>' + word + b"</t></is></c>"
        body = b'<worksheet xmlns="' + main.encode() + b'"><sheetData><row>' + row + b"</row></sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", b'<?xml version="1.0"?>' + doctype + body)


def _huge_sheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"<row>" * 200_000)


def _swapped(good: dict[str, Path]) -> Made:
    """One kind's content under another kind's name."""
    names = sorted(good)
    for number, suffix in enumerate(names):
        for step in (1, 5):
            other = names[(number + step) % len(names)]
            yield f"{other[1:]}{suffix}", good[other].read_bytes()


def _names(good: dict[str, Path]) -> Made:
    """Good content under names that mean something to a driver or a shell."""
    for number, name in enumerate(
        ("$(touch x)", "-rf", "vsicurl_http___x", "a;b", "a b  c", "\u202egpj.", "x" * 200, "%00", "..", "CON")
    ):
        suffix = (".geojson", ".csv", ".kml", ".gpkg")[number % 4]
        yield f"{name}{suffix}", good[suffix].read_bytes()
