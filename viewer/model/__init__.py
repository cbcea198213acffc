"""What the window is about, as frozen values: camera, layers, styles, palette. No Qt."""
