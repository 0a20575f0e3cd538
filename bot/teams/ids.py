"""The ids by which Microsoft knows our registration and our tenants: nothing else works in their place."""

import re
from collections.abc import Collection

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LIKE = "an id like 00000000-0000-0000-0000-000000000000"


def is_id(text: str) -> bool:
    """Whether Microsoft may have given it to an application or a tenant."""
    return _GUID.fullmatch(text) is not None


def no_ids_in(client_id: str, tenants: Collection[str]) -> list[str]:
    """What is set and cannot be right, in sentences: a domain, say, in the place of a tenant's id."""
    found = [] if is_id(client_id) else [f"PODLINE_TEAMS_CLIENT_ID is {client_id}, and must be {_LIKE}."]
    odd = [one for one in tenants if not is_id(one)]
    return [*found, *(f"PODLINE_TEAMS_TENANTS has {one}, and a tenant is {_LIKE}." for one in odd)]
