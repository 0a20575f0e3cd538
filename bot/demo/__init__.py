"""The demo: a small firm in the stand-in for Slack, the real bot behind it, two stories and a prompt."""
