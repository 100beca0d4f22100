"""The contract, taken apart: what it promises, one after another, under the headings of its sections."""

import re
from collections.abc import Iterator

ENDS = re.compile(r"(?<=[.;])\)? (?=[^ ])")


def promises(text: str) -> list[tuple[str, str]]:
    """(section, promise): a sentence or half of one, a row of a table, a line of the commands; a whole file is one."""
    return [(section, part) for section, block in blocks(text) for part in parts(block)]


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each paragraph, entry, table or fence, with the first words of the heading above."""
    section, block = "", list[str]()
    for line in [*text.splitlines(), ""]:
        if is_open(block) or goes_on(block, line):
            block.append(line)
            continue
        if block:
            yield section, block
        block = [line] if line.strip() and not line.startswith("#") else []
        if line.startswith("#"):
            section = re.split(r" \(|:", line.lstrip("# "))[0].replace("`", "")


def is_open(block: list[str]) -> bool:
    """Whether a fence was begun and not ended."""
    return bool(block) and block[0].startswith("```") and not (len(block) > 1 and block[-1].startswith("```"))


def goes_on(block: list[str], line: str) -> bool:
    if not block or not line.strip() or line.startswith(("#", "- ", "```")) or block[0].startswith("```"):
        return False
    return line.startswith("|") == block[0].startswith("|")


def parts(block: list[str]) -> list[str]:
    if block[0].startswith("```toml"):
        return ["```toml"]
    if block[0].startswith("```"):
        return block[1:-1]
    if block[0].startswith("|"):
        return block[2:]
    said = " ".join(line.strip() for line in block).removeprefix("- ")
    return ENDS.split(said)
