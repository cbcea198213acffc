"""Layers of the person's own → files for other programs, and what each kind of file cannot hold."""
