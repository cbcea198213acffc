"""Presenting: what the audience sees, and what only the speaker sees."""
