"""Slack: the only place that knows Bolt and Slack's SDK."""
