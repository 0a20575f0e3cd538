"""Secrets at rest: encrypted with the newest of the keys that are set, opened with any of them."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from commands.ports import CannotUnseal, NoSecretKey

_PURPOSE = b"podline calendar feeds"


class Sealing:
    """``keys`` are those of PODLINE_SECRET_KEY, any texts, the newest first; without one nothing can be kept."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        derived = [_derived(key, _PURPOSE) for key in keys]
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived]) if derived else None
        self._newest = derived[0] if derived else None

    @property
    def newest(self) -> str:
        """A name of the newest key, which does not give it away. Raises NoSecretKey."""
        return self._mark(b"which key")[:12]

    def fingerprint(self, secret: str) -> str:
        """By which people tell secrets apart. Nobody without the key can try out which secret it is of."""
        return self._mark(secret.encode())[:8]

    def seal(self, data: bytes) -> bytes:
        """Raises NoSecretKey."""
        return self._open().encrypt(data)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises CannotUnseal."""
        try:
            return self._open().decrypt(sealed)
        except (InvalidToken, NoSecretKey):
            raise CannotUnseal from None

    def reseal(self, sealed: bytes) -> bytes:
        """The same, encrypted with the newest key. Raises CannotUnseal."""
        try:
            return self._open().rotate(sealed)
        except (InvalidToken, NoSecretKey):
            raise CannotUnseal from None

    def _open(self) -> MultiFernet:
        if self._fernet is None:
            raise NoSecretKey
        return self._fernet

    def _mark(self, data: bytes) -> str:
        if self._newest is None:
            raise NoSecretKey
        return hmac.new(self._newest, data, hashlib.sha256).hexdigest()


def _derived(key: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose; keys are long and random (``bot/config_values.py``), so no slow hash is needed."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
