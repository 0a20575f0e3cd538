"""Podline's mark, three people of one pod, as the two pictures an app of Teams has: drawn here, written as PNG."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from math import hypot

Pixel = tuple[int, int, int, int]
"""Red, green, blue and how much of it is seen, each up to 255."""

_GREEN, _WHITE = (0x2F, 0x6F, 0x62), (255, 255, 255)
_POD = ((10, 12), (22, 12), (16, 22))
_RADIUS = 5
_SIZE = 32
"""The mark is measured in a square of this size."""


@cache
def color(size: int = 192) -> bytes:
    """The mark in white on a full square of its green: Teams rounds the corners itself."""

    def pixel(x: float, y: float, blur: float) -> Pixel:
        share = max(_inside(_RADIUS - distance, blur) for distance in _distances(x, y))
        red, green, blue = (round(under + (over - under) * share) for under, over in zip(_GREEN, _WHITE, strict=True))
        return red, green, blue, 255

    return _png(size, pixel)


@cache
def outline(size: int = 32) -> bytes:
    """White rings on nothing: Teams gives them the colour of the place they stand in."""

    def pixel(x: float, y: float, blur: float) -> Pixel:
        share = max(_inside(1 - abs(distance - (_RADIUS - 1)), blur) for distance in _distances(x, y))
        return *_WHITE, round(255 * share)

    return _png(size, pixel)


def _distances(x: float, y: float) -> tuple[float, ...]:
    return tuple(hypot(x - across, y - down) for across, down in _POD)


def _inside(depth: float, blur: float) -> float:
    """How much of a pixel lies inside an edge that is ``depth`` away."""
    return min(1.0, max(0.0, 0.5 + depth / blur))


def _png(size: int, pixel: Callable[[float, float, float], Pixel]) -> bytes:
    """A picture of 8 bits a colour and with transparency (https://www.w3.org/TR/png-3)."""
    step = _SIZE / size
    rows = (
        b"\0" + b"".join(bytes(pixel((x + 0.5) * step, (y + 0.5) * step, step)) for x in range(size))
        for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
