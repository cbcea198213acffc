"""Reading near the view as work for a process of its own; loads no geometry library before that."""

from __future__ import annotations

from multiprocessing.connection import Connection

from geodata.reading.near_request import NearSource


def serve(source: NearSource, connection: Connection) -> None:
    """Answer requests, as `geodata.reading.near` does."""
    from geodata.reading.near import serve as serve_near

    serve_near(source, connection)
