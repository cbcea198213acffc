"""Geographic data without a window: reading, projecting, preparing, picking, annotating.

Nothing here imports Qt. Frames are GeoDataFrames in lon/lat until `polar` takes them to the map plane.
"""
