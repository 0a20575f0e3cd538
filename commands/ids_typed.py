"""Ids of questions as they were typed: one too long, and several in one line."""

import re

from commands.grammar import take_question
from coverage.ids import QuestionNumber


def question_typed(words: str, number: QuestionNumber) -> str:
    """``Q-99999999999`` as the words begin with it, where ``number`` is no more than its first digits."""
    digits = re.search(r"\d+", words)
    return f"Q-{digits[0][:40]}" if digits is not None and digits[0].startswith(str(number)) else f"Q-{number}"


def only_questions(words: str) -> tuple[QuestionNumber, ...]:
    """The questions that are named where the words name nothing else: ``Q-2, Q-3 and Q-4``."""
    found = []
    while words:
        number, words = take_question(words, strict=True)
        if number is None:
            return ()
        found.append(number)
        words = _AND.sub("", words)
    return tuple(dict.fromkeys(found))


_AND = re.compile(r"^(?:and\b|und\b|&|\+|,)\s*", re.IGNORECASE)
