"""Finding the client of a question: channel, sender address, domain, then name or alias. Never a guess between two."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commands.mail_address import address_of, domains_of, without_tag
from commands.names import clients_like
from commands.ports import ClientName, UnitOfWork
from coverage.clients import Client
from coverage.ids import ClientId, PlaceId


@dataclass(frozen=True, slots=True)
class Found:
    """The one client that fits, or the ``candidates`` among which a person must pick."""

    client: Client | None
    candidates: tuple[ClientId, ...] = ()


def client_of(uow: UnitOfWork, *, named: str | None, channel: PlaceId | None, email: str | None, text: str) -> Found:
    """Whose question it is. A client that is named but unknown stays unidentified, with what the address suggests, or
    else with those of a name much like it."""
    by_origin = _by_origin(uow, channel, email)
    if named is not None and named.strip():
        called = uow.clients.called(named)
        if len(called) == 1:
            return Found(called[0])
        return Found(None, _ids(called or by_origin or clients_like(uow, named[:_LONGEST])))
    if by_origin:
        return Found(by_origin[0]) if len(by_origin) == 1 else Found(None, _ids(by_origin))
    mentioned = clients_mentioned(text, uow.clients.names())
    if len(mentioned) == 1:
        return Found(uow.clients.get(mentioned[0]))
    return Found(None, mentioned)


def clients_mentioned(text: str, names: Iterable[ClientName]) -> tuple[ClientId, ...]:
    """The clients whose name or alias stands in the text as words of its own; a name inside a longer one that also
    stands there does not count (``Acme`` in ``Acme Holdings``)."""
    said = " ".join(text[: _LOOKED_AT + _LONGEST].casefold().split())
    spans: list[_Span] = []
    for name in names:
        wanted = " ".join(name.text.casefold().split())
        if len(wanted) >= _SHORTEST and wanted in said:
            spans += [(*found.span(), name.client) for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", said)]
    return tuple(dict.fromkeys(client for start, _, client in _outermost(spans) if start < _LOOKED_AT))


_Span = tuple[int, int, ClientId]


def _outermost(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Those that lie in no longer one, in order; two clients of the same name are both."""
    reached, kept = 0, (0, 0)
    for start, end, client in sorted(spans, key=lambda one: (one[0], -one[1])):
        if end > reached or (start, end) == kept:
            kept = (start, end)
            yield start, end, client
        reached = max(reached, end)


_LOOKED_AT = 5_000
_LONGEST = 300
"""So much further is read that a name beginning before the end of what is looked at is read whole."""
_SHORTEST = 3
"""Shorter names are words of everyday language more often than clients."""


def _by_origin(uow: UnitOfWork, channel: PlaceId | None, email: str | None) -> list[Client]:
    """By the channel it was asked in, else by the sender's address, else by its domain: the nearest one that is any
    client's, for who writes from ``mail.acme.example`` is of ``acme.example`` unless that part is another client's."""
    if channel is not None and (in_channel := uow.clients.with_channel(channel)):
        return in_channel
    address = address_of(email)
    if address is None:
        return []
    for known in dict.fromkeys((address, without_tag(address))):
        if confirmed := uow.clients.with_address(known):
            return confirmed
    of_domain = (uow.clients.with_domain(domain) for domain in domains_of(address))
    return next((clients for clients in of_domain if clients), [])


def _ids(clients: list[Client]) -> tuple[ClientId, ...]:
    return tuple(client.id for client in clients)
