"""What an HR feed writes under its title: "Employee: Ann Lee", "Status: pending", "Days: 0.5". The rest is not read."""

import re
from collections.abc import Iterator

from coverage.absence import Half
from coverage.ids import PersonId
from coverage.leave.halves import Halves, halves_in
from coverage.leave.meanings import Meaning
from coverage.leave.names import NameBook
from coverage.leave.title import folded
from coverage.leave.title_reading import read_title

_FIRST_LINES = 12

_STATUS_LABELS = {
    "en": "status, state, approval, approval status, request status, leave status",
    "de": "genehmigung, genehmigungsstatus",
    "fr": "statut, etat",
    "es": "estado, aprobacion",
    "it": "stato, approvazione",
    "nl": "goedkeuring",
    "pt": "estado, situacao, aprovacao",
}
_PERSON_LABELS = {
    "en": """employee, employee name, name, person, staff, staff member, team member, member, user, who, requester,
        requested by""",
    "de": "mitarbeiter, mitarbeiterin, mitarbeitername, antragsteller, antragstellerin",
    "fr": "employe, employee, salarie, salariee, collaborateur, collaboratrice, nom",
    "es": "empleado, empleada, nombre, trabajador, trabajadora",
    "it": "dipendente, nome, collaboratore, collaboratrice",
    "nl": "medewerker, werknemer, naam",
    "pt": "colaborador, colaboradora, funcionario, funcionaria, nome",
}
_EXTENT_LABELS = {
    "en": "duration, days, amount, length, period, part of day, half day, session, time, times",
    "de": "dauer, umfang, tage, anzahl tage, tageszeit, halbtag, halber tag, zeit",
    "fr": "duree, jours, periode, moment, demi journee",
    "es": "duracion, dias, periodo, medio dia, horario",
    "it": "durata, giorni, periodo, mezza giornata, orario",
    "nl": "duur, dagen, periode, dagdeel, halve dag, tijd",
    "pt": "duracao, dias, periodo, meio dia, horario",
}
_HALF_A_DAY = re.compile(r"0?[.,]50?")


def status_in(description: str, book: NameBook) -> frozenset[Meaning]:
    """What its line of the status says, as in "Status: waiting for approval"; nothing where there is no such line."""
    return frozenset(meaning for value in _values(description, _STATUS) for meaning in read_title(value, book).meanings)


def person_in(description: str, book: NameBook) -> PersonId | None:
    """Whom its line of the employee names; None where it names nobody we know for certain, or two people."""
    named = {book.by_whole_name(value) for value in _values(description, _PERSON)}
    return named.pop() if len(named) == 1 else None


def halves_of_description(description: str, book: NameBook) -> Halves:
    """Which half its lines about the extent speak of: "Duration: 4 hours", "Session: morning", "Days: 0.5"."""
    said = (
        Halves(unplaced=Half.UNKNOWN) if _HALF_A_DAY.fullmatch(value) else halves_in(value, read_title(value, book))
        for value in _values(description, _EXTENT)
    )
    return next((halves for halves in said if halves), Halves())


def _values(description: str, labels: frozenset[str]) -> Iterator[str]:
    for line in description.splitlines()[:_FIRST_LINES]:
        label, colon, value = line.partition(":")
        if colon and folded(label).strip(" *-\t") in labels:
            yield value.strip()


def _labels(languages: dict[str, str]) -> frozenset[str]:
    return frozenset(" ".join(label.split()) for labels in languages.values() for label in labels.split(","))


_STATUS = _labels(_STATUS_LABELS)
_PERSON = _labels(_PERSON_LABELS)
_EXTENT = _labels(_EXTENT_LABELS)
