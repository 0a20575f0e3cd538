"""The domain: who knows a client, who is there, where a question goes, and when. Pure: no I/O, now is an argument."""
