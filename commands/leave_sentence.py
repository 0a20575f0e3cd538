"""The one sentence that is understood without a verb: ``I'm sick today``, in the languages leave is read in."""

from coverage.leave.meanings import Meaning
from coverage.leave.title import meanings, words_of


def leave_told(line: str) -> str | None:
    """What a sentence such as ``I'm sick today`` or ``Ich bin heute leider krank`` says in the words of ``leave``.

    None where the line says anything else besides: who is "not sick" or asks after somebody is not marked away.
    """
    words = words_of(line)
    sick = {at for said in meanings(words) if said.meaning is Meaning.SICK for at in range(said.start, said.end)}
    others = {word.folded for word in words if word.at not in sick}
    if not sick or not others or "?" in line or not others <= _ABOUT_MYSELF_TODAY:
        return None
    return "today sick"


_ABOUT_MYSELF_TODAY = frozenset(
    """
    today hi hello sorry unfortunately i m am im ve feel feeling have called calling in
    heute hallo moin leider ich bin fuhle mich melde bei euch
    aujourd hui bonjour je suis
    hoy hola estoy
    oggi ciao sono
    vandaag ben ik me voel
    hoje ola estou
    """.split()
)
"""The words around "sick" in a sentence that says it of oneself and of today, as ``words_of`` folds them."""
