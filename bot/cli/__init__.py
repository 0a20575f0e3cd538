"""The podline command line."""
