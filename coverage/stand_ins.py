"""Who could cover a client on the days on which too few know them: colleagues who are there, the least busy first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from coverage.depth import Staffed
from coverage.ids import PersonId


def best_placed(
    days: Collection[date],
    staffed: Iterable[Staffed],
    circles: Sequence[Collection[PersonId]],
    load: Mapping[PersonId, int],
    most: int,
) -> tuple[PersonId, ...]:
    """At most so many of the nearest of the ``circles`` (the pod, then its team) in which somebody is there on at least
    half of the days; first whoever is there on the most of them, then whoever knows the fewest clients (``load``)."""
    on_them = [each.first & each.second for each in staffed if each.day in days]
    for circle in circles:
        there = {who: sum(who in day for day in on_them) for who in circle}
        fit = [who for who, count in there.items() if count and 2 * count >= len(on_them)]
        if fit:
            return tuple(sorted(fit, key=lambda who: (-there[who], load.get(who, 0), who))[:most])
    return ()
