"""How Podline is reached: Slack, the web, the command line, delivery and the schedule."""
