"""The desktop application: a window that shows the map, and an engine process that paints it."""

__version__ = "0.1.0"
