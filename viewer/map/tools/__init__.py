"""What a press, drag or click on the map does."""
