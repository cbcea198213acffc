"""Run by the system's Python: QGIS draws what it is told on its standard input, and says how long it took.

Each layer gets one plain antialiased symbol, less than the map's own styles ask for. Layers are drawn in parallel, as
in QGIS's own window.
"""

import json
import statistics
import sys
import time

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

WIDTH, HEIGHT = 1920, 1080
FILLS = ("200,220,240", "240,235,225", "250,250,252", "190,215,235", "", "220,180,190", "170,200,160", "", "")


def open_layer(path, colour):
    layer = QgsVectorLayer(path, path, "ogr")
    assert layer.isValid(), path
    if layer.geometryType() == QgsWkbTypes.PolygonGeometry:
        look = {"color": colour or "220,220,220", "outline_color": "120,120,120", "outline_width": "0.25"}
        symbol = QgsFillSymbol.createSimple(look)
    else:
        symbol = QgsLineSymbol.createSimple({"line_color": "130,130,140", "line_width": "0.25"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def settings_of(layers, view):
    x, y, mpp, bearing = view
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3995"))
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor(215, 230, 240))
    half_width, half_height = WIDTH * mpp / 2, HEIGHT * mpp / 2
    settings.setExtent(QgsRectangle(x - half_width, y - half_height, x + half_width, y + half_height))
    settings.setRotation(-bearing)
    for flag in (QgsMapSettings.Antialiasing, QgsMapSettings.UseRenderingOptimization):
        settings.setFlag(flag)
    return settings


def draw(settings):
    began = time.perf_counter()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return (time.perf_counter() - began) * 1000, job.renderedImage()


def main():
    asked = json.load(sys.stdin)
    application = QgsApplication([], False)
    application.initQgis()
    layers = [open_layer(path, colour) for path, colour in zip(asked["layers"], FILLS, strict=False)]
    found = {}
    for name, view in asked["views"].items():
        settings = settings_of(layers, view)
        _, image = draw(settings)
        found.setdefault("qgis_start_to_painted_ms", (time.monotonic() - asked["began_s"]) * 1000)
        found[name] = statistics.median(draw(settings)[0] for _ in range(max(asked["runs"], 3)))
        if asked["picture"]:
            image.save(asked["picture"].replace(".png", f"-{name}.png"))
    print(json.dumps(found), flush=True)


main()
