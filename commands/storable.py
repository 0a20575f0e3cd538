"""Text as every database can keep it: whatever was typed or sent is kept, never refused for a sign nobody can see."""

_NO_SIGN = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """``text`` with the replacement character for NUL, which PostgreSQL cannot store, and for halves of surrogate
    pairs, which are no UTF-8."""
    return text.replace("\0", _NO_SIGN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
