"""Files that people bring: read in a process of their own into frames and prepared layers."""
