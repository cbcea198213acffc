"""What stands around the map: layers, article, status."""
