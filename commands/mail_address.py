"""An e-mail address and its domain, as far as they tell whose it is."""

import re

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
_LONGEST = 320


def address_of(text: str | None) -> str | None:
    """The one address in ``text`` (``Jo Smith <Jo@Acme.example>``) in small letters; None where it is not one alone."""
    if text is None or len(text) > 2 * _LONGEST or text.count("@") != 1:
        return None
    found = _ADDRESS.search(text)
    if found is None:
        return None
    user, _, domain = found.group().casefold().partition("@")
    domain = domain.strip(".")
    return f"{user}@{domain}" if domain else None


def without_tag(address: str) -> str:
    """``jo@acme.example`` of ``jo+vat@acme.example``: the same letter box."""
    user, _, domain = address.partition("@")
    return f"{user.partition('+')[0] or user}@{domain}"


def domains_of(address: str) -> list[str]:
    """The domains that may tell whose address it is, the nearest first: ``mail.acme.example``, ``acme.example``.

    None of those under which everybody can have an address, nor anything above them.
    """
    labels = address.rpartition("@")[2].split(".")
    if not all(labels):
        return []
    found: dict[str, None] = {}
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        if is_everybodys(domain):
            break
        found |= dict.fromkeys(_written(domain))
    return list(found)


def is_everybodys(domain: str) -> bool:
    """True for a domain under which anybody can have an address: it says nothing about who they are."""
    name, _, above = domain.partition(".")
    if domain in _OPEN_TO_ALL or "." not in domain:
        return True
    if name in _OF_ALL_COUNTRIES:
        return above in ("com", "net") or len(above.removeprefix("com.").removeprefix("co.")) == _COUNTRY
    return name in _SECOND_LEVEL and len(above) == _COUNTRY


_COUNTRY = 2
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gouv", "asso"))
"""``co.uk`` and its like: everybody is below them."""
_OF_ALL_COUNTRIES = frozenset(("yahoo", "hotmail", "outlook", "live", "msn", "ymail", "gmx"))
"""Providers that have a domain in many countries: ``yahoo.co.uk``, ``hotmail.fr``."""
_OPEN_TO_ALL = frozenset(
    """
    gmail.com googlemail.com rocketmail.com windowslive.com passport.com icloud.com me.com mac.com aol.com aim.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com keemail.me hushmail.com
    fastmail.com fastmail.fm zoho.com zohomail.com zohomail.eu mail.com email.com usa.com mailbox.org posteo.de
    posteo.net startmail.com runbox.com hey.com duck.com yandex.ru yandex.com ya.ru mail.ru inbox.ru list.ru bk.ru
    rambler.ru qq.com foxmail.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com
    web.de t-online.de freenet.de arcor.de online.de gmx.net gmx.de gmx.at gmx.ch gmx.com gmx.eu bluewin.ch
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr libero.it virgilio.it tiscali.it alice.it tin.it
    btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net charter.net cox.net earthlink.net optonline.net juno.com
    rogers.com shaw.ca sympatico.ca bigpond.com optusnet.com.au xtra.co.nz ziggo.nl kpnmail.nl planet.nl home.nl
    telenet.be skynet.be seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl sapo.pt uol.com.br bol.com.br terra.com.br
    onmicrosoft.com
    """.split()
)


def _written(domain: str) -> list[str]:
    """The domain in letters and as the net writes it, where it has others than ASCII ones."""
    forms = [domain]
    try:
        forms.append(domain.encode("idna").decode("ascii"))
        forms.append(domain.encode("ascii").decode("idna").casefold())
    except UnicodeError:
        return forms
    return forms
