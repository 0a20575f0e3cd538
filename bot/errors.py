"""Errors that are written for the person who reads them."""


class PlainError(Exception):
    """Says in one line what happened and what to do; shown as it is, without a traceback."""
