"""A text cut into the vocabulary's words and the title: what is left."""

import re
import unicodedata

from msgspec import Struct

from scheduling.expressions.numerals import N
from scheduling.expressions.vocabulary import GLUED, REPLIES, ROOM, STRONG, VERB, WORDS, X, pattern

TRADITIONAL = str.maketrans("點週兩節號個後學隔時間鐘禮單雙每開會", "点周两节号个后学隔时间钟礼单双每开会")
DASHES = str.maketrans("—–―‐‑−~〜∼", "-" * 9)
SEPARATOR = re.compile(r"[\s,;。()!?\"“”]+")
CHUNK = re.compile(r"[^\s,;。()!?\"“”]+")
# What would be lost if it stood in a title unread.
RESIDUE = re.compile(
    rf"每(?:天|日|周|月|个)|{N}(?:点|周|日)|{N}号(?!{ROOM})|第{N}(?:到|至|-|、|$)|[0-9]:[0-9]|[0-9](?:小时|分钟)"
    rf"|星期|礼拜|周[{X[1:-1]}八九0-9]|[上下]午|早上|晚上|[明后今昨]天|下周|本周|提醒"
)
NEEDLESS = re.compile(
    r"(?<=[0-9])\s+(?=[点时分小个月日号节周年天半hm到至、-])|(?<=第)\s+|(?<=[月年每到至-])\s+(?=[0-9])"
)
NAMES = ("一周一班会", "一天一夕会")  # of the charter, not times


class Token(Struct, frozen=True):
    """`name` of the vocabulary, the words as they stand, and the groups that matched."""

    name: str
    words: str
    groups: dict[str, str]


class Scan(Struct, frozen=True):
    """`title` in the typist's own characters; `residue` is what in it looks like a time and was not read."""

    tokens: tuple[Token, ...]
    title: str = ""
    residue: str = ""

    def get(self, name: str) -> Token | None:
        return next((token for token in self.tokens if token.name == name), None)

    def all(self, *names: str) -> list[Token]:
        return [token for token in self.tokens if token.name in names]


def folded(text: str) -> tuple[str, list[int]]:
    """Half width, simplified, dashes alike, no space beside a number; and where each character stood."""

    def half(character: str) -> str:
        plain = unicodedata.normalize("NFKC", character).lower()
        return plain if len(plain) == 1 else character

    plain = "".join(map(half, text)).translate(TRADITIONAL).translate(DASHES)
    dropped = {place for gap in NEEDLESS.finditer(plain) for place in range(*gap.span())}
    kept = [place for place in range(len(plain)) if place not in dropped]
    return "".join(plain[place] for place in kept), kept


def scan(text: str, replying: bool = False) -> Scan:
    """The words at the front and at the end of a run are the expression, what stands between them is the title."""
    plain, places = folded(text)
    tokens: list[Token] = []
    title: list[str] = []
    place = 0
    names = list(WORDS) + (list(REPLIES) if replying else [])
    while place < len(plain):
        if (gap := SEPARATOR.match(plain, place)) and not pattern("to").fullmatch(gap[0]):
            place = gap.end()
        elif (token := at(plain, place, names)) and not belongs_to_title(plain, place, token, names):
            tokens.append(token)
            place += len(token.words)
        else:
            run = CHUNK.match(plain, place)
            end = suffix(plain, place, run.end() if run else place + 1, names)
            title.append(text[places[place] : places[end - 1] + 1])
            place = end
    named = cleaned(title)
    found = RESIDUE.search(folded(re.sub("|".join(NAMES), "", named))[0])
    return Scan(tuple(token for token in tokens if token.name != "filler"), named, found[0] if found else "")


def at(plain: str, place: int, names: list[str]) -> Token | None:
    found = [(name, match) for name in names if (match := pattern(name).match(plain, place)) and match[0]]
    if not found:
        return None
    name, match = max(found, key=lambda entry: len(entry[1][0]))
    return Token(name, match[0], {key: value for key, value in match.groupdict().items() if value is not None})


def belongs_to_title(plain: str, place: int, token: Token, names: list[str]) -> bool:
    """元旦晚会 is a title, 元旦前一天 is none; 一周一班会 is one, and what begins with a word such as 为 (为民小学)."""
    after = place + len(token.words)
    if plain.startswith(NAMES, place):
        return True
    if token.name not in GLUED or after == len(plain):
        return False
    return not SEPARATOR.match(plain, after) and not at(plain, after, names) and not re.match(VERB, plain[after:])


def suffix(plain: str, start: int, end: int, names: list[str]) -> int:
    """Where in a run of title words an expression begins that reaches to the run's end; its end where none does."""
    for begin in range(start + 1, end):
        place = begin
        if re.match(r"[0-9.][0-9.]", plain[begin - 1 : begin + 1]):
            continue  # within a number
        while place < end and (token := at(plain, place, names)) and token.name in STRONG | {"filler"}:
            place += len(token.words)
        if place >= end:
            return begin
    return end


def cleaned(title: list[str]) -> str:
    """Without the verb of 开班会; 开学典礼 and 开放日 keep theirs."""
    text = " ".join(title).strip("-、:：/·.")
    return re.sub(r"^(?:召开|举行|举办|进行|开展|开(?=[^学放题幕卷].*会(?:议)?$))(?=..)", "", text)
