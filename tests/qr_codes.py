"""A QR code read back from its picture as a phone does it, errors left aside (ISO/IEC 18004): one byte segment, up to
version 6."""

import zlib
from collections.abc import Callable, Iterator
from struct import unpack
from typing import Any

from segno.consts import ECC, ERROR_LEVEL_H, ERROR_LEVEL_L, ERROR_LEVEL_M, ERROR_LEVEL_Q

Matrix = list[list[bool]]  # True is dark
QUIET, FINDER, FORMAT_MASK, BYTES = 4, 7, 0b101010000010010, 0b0100
LEVELS = (ERROR_LEVEL_M, ERROR_LEVEL_L, ERROR_LEVEL_H, ERROR_LEVEL_Q)  # by the two bits of the format
MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, col: (row + col) % 2,
    lambda row, _: row % 2,
    lambda _, col: col % 3,
    lambda row, col: (row + col) % 3,
    lambda row, col: (row // 2 + col // 3) % 2,
    lambda row, col: row * col % 2 + row * col % 3,
    lambda row, col: (row * col % 2 + row * col % 3) % 2,
    lambda row, col: ((row + col) % 2 + row * col % 3) % 2,
)


def read(png: bytes) -> str:
    matrix = modules(png)
    level, mask = format_of(matrix)
    stream = bits_of(data(codewords(matrix, mask), (len(matrix) - 17) // 4, level))
    assert take(stream, 4) == BYTES
    return bytes(take(stream, 8) for _ in range(take(stream, 8))).decode()


def pixels(png: bytes) -> Matrix:
    """Of a picture of one bit a pixel where 0 is dark."""
    width, height, depth, colour = unpack(">IIBB", png[16:26])
    assert (depth, colour) == (1, 0)
    content, at = b"", 8
    while at < len(png):
        (size,) = unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            content += png[at + 8 : at + 8 + size]
        at += size + 12
    lines, stride = zlib.decompress(content), (width + 7) // 8 + 1
    rows, above = [], bytes(stride - 1)
    for at in range(0, height * stride, stride):
        above = unfiltered(lines[at], lines[at + 1 : at + stride], above)
        rows.append([not above[x // 8] >> 7 - x % 8 & 1 for x in range(width)])
    return rows


def unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """None, or up (PNG, 9.2)."""
    assert kind in (0, 2)
    return line if kind == 0 else bytes((one + other) % 256 for one, other in zip(line, above, strict=True))


def modules(png: bytes) -> Matrix:
    found = pixels(png)
    edge = next(at for at, row in enumerate(found) if any(row))
    scale = edge // QUIET
    inner = range(edge + scale // 2, len(found) - edge, scale)
    assert all(found[edge][edge : edge + FINDER * scale])
    return [[found[row][col] for col in inner] for row in inner]


def format_of(matrix: Matrix) -> tuple[int, int]:
    along = [matrix[8][col] for col in (0, 1, 2, 3, 4, 5, 7, 8)]
    up = [matrix[row][8] for row in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join(str(int(bit)) for bit in (*along, *up)), 2) ^ FORMAT_MASK
    return LEVELS[value >> 13], value >> 10 & 0b111


def is_data(row: int, col: int, size: int) -> bool:
    corner = (row < 9 and (col < 9 or col >= size - 8)) or (row >= size - 8 and col < 9)
    aligned = size > 21 and abs(row - (size - 7)) <= 2 and abs(col - (size - 7)) <= 2
    return not (corner or aligned or row == 6 or col == 6)


def codewords(matrix: Matrix, mask: int) -> bytes:
    size, bits, up = len(matrix), [], True
    for right in (col for col in range(size - 1, 0, -2)):
        left = right if right > 6 else right - 1  # the column of the timing pattern is skipped
        for row in range(size - 1, -1, -1) if up else range(size):
            for col in (left, left - 1):
                if is_data(row, col, size):
                    bits.append(matrix[row][col] ^ (MASKS[mask](row, col) == 0))
        up = not up
    return bytes(int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8))


def data(words: bytes, version: int, level: int) -> bytes:
    table: Any = ECC
    lengths = [info.num_data for info in table[version][level] for _ in range(info.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    stream = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(stream))
    return bytes(word for block in blocks for word in block)


def bits_of(words: bytes) -> Iterator[int]:
    return (word >> at & 1 for word in words for at in range(7, -1, -1))


def take(stream: Iterator[int], count: int) -> int:
    value = 0
    for _ in range(count):
        value = value << 1 | next(stream)
    return value
