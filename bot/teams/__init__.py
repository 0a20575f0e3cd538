"""Microsoft Teams: the only place that knows Microsoft's SDK."""
