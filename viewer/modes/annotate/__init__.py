"""Drawing on the map and writing about it, in layers of the person's own."""
