"""The only file that names a coordinate reference system."""

GEOGRAPHIC = "EPSG:4326"
"""WGS 84 longitude and latitude in degrees: how every file and frame is held."""

MAP = "EPSG:3995"
"""WGS 84 / Arctic Polar Stereographic in metres: the plane that everything is drawn on, pole at (0, 0)."""

EQUAL_AREA = "EPSG:6931"
"""NSIDC EASE-Grid 2.0 North in metres: for areas."""
