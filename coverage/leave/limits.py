"""How much of a calendar is read at most, so that a hostile one costs little."""

MOST_BYTES = 10_000_000
"""After decompression. A firm's whole leave history is far below it."""

MOST_EVENTS = 20_000

MOST_NESTED = 10_000
"""Components in components; leave is at the second level."""

MOST_OCCURRENCES_OF_A_SERIES = 5_000

MOST_OCCURRENCES = 50_000

MOST_ATTENDEES = 500
"""Of one event; the rest can neither name nor contradict anybody."""

LONGEST_TEXT = 2_000
"""Characters of a title or description that are looked at."""
