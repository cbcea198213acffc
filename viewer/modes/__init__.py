"""Ways of using the window: exploring."""
