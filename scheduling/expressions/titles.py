"""What a title tells of the kind of an activity."""

import re

from store.blueprint import Kind

KINDS: tuple[tuple[str, Kind], ...] = (
    ("班会|夕会", "class_meeting"),
    ("教研", "joint_research"),
    ("竞赛|比赛|大赛", "contest"),
    ("督导|检查", "inspection"),
    ("(?:科技|体育|英语|读书|风筝|旅游|艺术|感恩|文化)节", "festival"),
)


def kind(title: str) -> Kind | None:
    return next((kind for words, kind in KINDS if re.search(words, title)), None)
