"""Which network addresses a feed may be fetched from: only public ones, unless the operator allows more."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: a network without IPv4 writes public IPv4 addresses so; judged by the address inside."""

_GIVEN_OUT = ip_network("2000::/3")
"""All of IPv6 that is ever given out for the public (RFC 4291, 2.4)."""

_NOT_PUBLIC = [
    (ip_network(network), what)
    for network, what in [
        ("0.0.0.0/8", "of this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "behind a provider's NAT"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation only"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for tests of networks only"),
        ("198.51.100.0/24", "for documentation only"),
        ("203.0.113.0/24", "for documentation only"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/96", "not public"),  # unspecified, loopback and IPv4 in its oldest clothes
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "of a local translation"),
        ("100::/64", "a black hole"),
        ("2001::/23", "of a tunnel or reserved"),
        ("2001:db8::/32", "for documentation only"),
        ("2002::/16", "of a tunnel"),
        ("3fff::/20", "for documentation only"),
        ("5f00::/16", "reserved"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    ]
]


def address_of(text: str) -> Address:
    """As the resolver writes it, with or without the zone of an interface. Raises ValueError."""
    return ip_address(text.partition("%")[0])


def is_allowed(address: Address, allowed: Iterable[Network]) -> bool:
    """Whether the operator has named it; an IPv4 address in an IPv6 one counts as itself."""
    inner = _ipv4_in(address)
    return any(one in network for one in (address, inner) if one is not None for network in allowed)


def why_not(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """Why nothing may be fetched from there (``private``, ``a loopback address`` ...); None where it may."""
    if is_allowed(address, allowed):
        return None
    if isinstance(address, IPv6Address) and address in _NAT64:
        return why_not(_last_four_bytes(address))
    for network, what in _NOT_PUBLIC:
        if address in network:
            return what
    is_unassigned = isinstance(address, IPv6Address) and address not in _GIVEN_OUT
    return "not public" if is_unassigned or not address.is_global else None


def _ipv4_in(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return _last_four_bytes(address)
    return address.ipv4_mapped


def _last_four_bytes(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
