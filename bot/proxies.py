"""Through which proxy what we send goes, by the variables that all programs read."""

from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

_HERE = ("localhost", "127.0.0.1", "::1")


def proxy_for(url: str) -> str | None:
    """What HTTPS_PROXY or HTTP_PROXY says, but for hosts in NO_PROXY and for this machine itself. (aiohttp's own
    ``trust_env`` reads passwords out of ``~/.netrc`` as well, beside which it takes no token.)"""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _HERE or proxy_bypass(host):
        return None
    return getproxies_environment().get(parts.scheme)
