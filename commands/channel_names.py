"""What channels are called, where their platform shows no name by itself and its adapter has learnt one."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from commands.ports import Place, UnitOfWork
from commands.views import Channel, Reply

_CALLED = "called:"


def key_of(address: str) -> str:
    """Under which an adapter remembers, among its references, what a channel is called: as ``name``."""
    return f"{_CALLED}{address}"


def address_in(key: str) -> str | None:
    """The channel whose name is remembered under ``key``; None where it is a key of another kind."""
    return key.removeprefix(_CALLED) if key.startswith(_CALLED) else None


def called(uow: UnitOfWork, place: Place) -> str:
    """The channel's name; where none is known, its address."""
    known = uow.references.find(place.platform, key_of(place.address))
    return str(known.get("name") or "") or place.address if known is not None else place.address


def with_names(reply: Reply, uow: UnitOfWork, platform: str) -> Reply:
    """The reply with the names of the channels it shows."""

    def named(channel: Channel) -> Channel:
        name = called(uow, Place(platform, channel.address))
        return channel if name == channel.address else replace(channel, name=name)

    shown: Reply = _each(reply, named)
    return shown


def _each(part: Any, named: Callable[[Channel], Channel]) -> Any:
    """``part``, of whatever kind, with each channel in it named."""
    if isinstance(part, Channel):
        return named(part)
    if isinstance(part, tuple):
        return tuple(_each(one, named) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for field in fields(part):
        before = getattr(part, field.name)
        after = _each(before, named)
        if after != before:
            changed[field.name] = after
    return replace(part, **changed) if changed else part
