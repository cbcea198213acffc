"""One painter for each kind of style."""
