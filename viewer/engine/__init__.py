"""The process that paints the map: scene, painters, labels, and the loop that serves the window."""
