"""The honest record of speed: ``./run --benchmark``."""
