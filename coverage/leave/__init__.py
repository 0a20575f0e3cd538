"""Reading leave out of calendars: bytes and people in; who is away, who is not, and what a human must say out."""
