"""Any text becomes the claims in it, each with its verdict."""
