"""Files a person brings → GeoDataFrames in lon/lat."""
