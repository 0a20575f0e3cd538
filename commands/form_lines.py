"""Which lines lead to a form, so that a platform can open its dialog at once."""

from commands.grammar import Command, Name, parse, take_question


def opens_form(line: str) -> bool:
    """Whether the line certainly leads to a form, or else to the words why it may not be done: it changes nothing."""
    command = parse(line)
    if not isinstance(command, Command):
        return False
    words = command.words.strip()
    if (command.name, words.casefold()) in _WHOLE:
        return True
    number, rest = take_question(words, strict=True)
    return number is not None and (command.name, rest.casefold()) in _OF_A_QUESTION


_WHOLE = {
    (Name.QUESTION, ""),
    (Name.CLIENT, ""),
    (Name.CLIENT, "new"),
    (Name.WHO, ""),
    (Name.LEAVE, ""),
    (Name.LEAVE, "for"),
    (Name.POD, "new"),
    (Name.FEED, "add"),
    (Name.KUDOS, ""),
}
_OF_A_QUESTION = {
    (Name.HANDOFF, ""),
    (Name.REOPEN, ""),
    (Name.SNOOZE, ""),
    (Name.CLOSE, ""),
    (Name.MERGE, ""),
    (Name.CLIENT, "is"),
}
