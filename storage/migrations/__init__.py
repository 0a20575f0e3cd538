"""Migrations, oldest first by the dates of their names; released ones are never changed."""
