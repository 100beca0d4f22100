"""Decoding: a paper's bytes as text, however it was saved (UTF-8, GB18030, UTF-16); what is no text is refused."""

import unicodedata

from store.complaint import Complaint

ENCODINGS = "UTF-8, GB18030 or UTF-16 text"
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
STRANGE = ("Cc", "Cn", "Co")  # control characters, and those that nobody writes with
SPACES = "\t\n\r\f\v\x1a"
FORMATS = b"{\\rtf", b"%PDF-"  # whose code is text, and no paper
KNOWN = 0.9  # the share of characters that everybody writes with in UTF-16 that does not say so, at least
LIKELY = 0.01  # the share of strange characters in a text, at most
LOOKED_AT = 20_000  # characters


def decoded(name: str, content: bytes) -> str:
    """The text of a paper. Raises Complaint for a file that is none."""
    if content.startswith(FORMATS):
        raise Complaint(name, "not a text file", ENCODINGS)
    for encoding in candidates(content):
        try:
            found = content.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if is_text(found) and (encoding not in MARKS.values() or content[:2] in MARKS or is_common(found)):
            return found
    raise Complaint(name, "not a text file, or in another encoding", ENCODINGS)


def candidates(content: bytes) -> list[str]:
    """GB18030 reads almost anything, so it comes last; zero bytes are in none but UTF-16."""
    if content[:2] in MARKS:
        return [MARKS[content[:2]]]
    if b"\0" in content:
        odd, even = content[1::2].count(0), content[::2].count(0)
        return ["utf-16-le" if odd >= even else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def is_text(found: str) -> bool:
    looked_at = found[:LOOKED_AT]
    kinds = [unicodedata.category(char) for char in looked_at if char not in SPACES]
    strange = sum(kind in STRANGE for kind in kinds)
    return "\0" not in found and strange <= len(kinds) * LIKELY


def is_common(found: str) -> bool:
    """Any two bytes are a character of UTF-16, mostly a rare one."""
    looked_at = found[:LOOKED_AT]
    known = max(len(looked_at.encode(one, "ignore").decode(one)) for one in ("gb2312", "big5"))
    return known >= len(looked_at) * KNOWN


def utf8(name: str, content: bytes) -> str:
    """Raises Complaint for any other encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Complaint(name, f"byte {error.start} is not UTF-8", "UTF-8 text") from error
