"""The canvas: input, overlays and movement over the engine's pictures."""
