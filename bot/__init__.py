"""How Podline is reached: Slack, the web, the command line, delivery and the schedule."""

__version__ = "0.1.0"
