"""What Slack accepts as Block Kit, with its limits (https://docs.slack.dev/reference/block-kit)."""
