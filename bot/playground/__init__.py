"""A strict local stand-in for Slack: the test double of the project and the workspace of the demo."""
