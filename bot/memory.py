"""What a program builds when it begins is there until it ends: it is not looked through for garbage again and again."""

import gc


def keep_what_is_there() -> None:
    """Throw away what nobody refers to, and leave the rest out of all later collections.

    A full collection walks through everything, and all threads wait: 0.1 s for what our libraries alone bring along.
    """
    gc.collect()
    gc.freeze()
