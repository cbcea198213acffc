"""Start-up, the main window, actions and theme."""
