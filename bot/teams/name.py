"""What Podline calls Microsoft Teams in its own tables."""

NAME = "teams"
