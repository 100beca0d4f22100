"""Findings of `jiaolian doctor`: what was looked at, how it is, and how to mend it."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from bot.words import Words
from store.complaint import Complaint


class FindingState(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


class Finding(Struct, frozen=True):
    """`key` names its sentence in the labels (`findings`), and its mend (`mends`) where it has one."""

    check: str
    state: FindingState
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def as_json(self, words: Words) -> dict[str, str | None]:
        """The contract's shape of a row of `doctor --json`."""
        finding, mend = words.tables["findings"][self.key], words.tables["mends"].get(self.key)
        refusals = {name: words.refusal(str(one)) for name, one in self.facts.items() if isinstance(one, Complaint)}
        facts = {**self.facts, **refusals}
        return {
            "check": self.check,
            "state": self.state.value,
            "finding": finding.format(**facts),
            "mend": mend.format(**facts) if mend else None,
        }


def ok(check: str, key: str, /, **facts: object) -> Finding:
    return Finding(check, FindingState.OK, key, facts)


def warning(check: str, key: str, /, **facts: object) -> Finding:
    return Finding(check, FindingState.WARNING, key, facts)


def wrong(check: str, key: str, /, **facts: object) -> Finding:
    return Finding(check, FindingState.WRONG, key, facts)
