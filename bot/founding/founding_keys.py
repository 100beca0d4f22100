"""The keys of a new consortium, made from names by rule: the sounds of a name, with a number where another had them.

Schools, groups and the consortium by their first sounds (城区实验小学: cqsyxx), people by all of them (李芳: lifang),
classes by their school and the numbers in their names (七1班: cqsyxx-7-1), terms by their school year (2026-1).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from bot.founding.draft import Founding, Term
from bot.words import Words
from store import blueprint
from store.blueprint import Blueprint

ONES = "一二三四五六七八九"
NUMERALS = str.maketrans(ONES, "123456789")
# 初二十二班 is 2-12, and 七年级二十二班 7-22.
NUMBER = re.compile(f"(?<=[级(（])[二三]十[{ONES}]?|十[{ONES}]?|[{ONES}]|[0-9]+")
LONGEST = 40  # characters of a key
SECOND_HALF = (2, 8)  # a term that begins in February to July is the second of its school year
QUIET = ("20:00", "07:30")
T = TypeVar("T")


def written(said: Founding, words: Words) -> Blueprint:
    """The consortium file as values. `said` has a name, a school, a term and a chat."""
    schools = keyed(said.schools, lambda one: initials(one.name), "school")
    people = keyed(said.people, lambda one: sounds(one.name), "person")
    classes = keyed(said.classes, lambda one: f"{schools[one.school]}-{numbers(one.name)}", "class")
    return Blueprint(
        consortium=blueprint.Consortium.model_validate(
            {"key": initials(said.name or "") or "jiaolian", "name": said.name}
            | {"timezone": "Asia/Shanghai", "public_holidays": "cn", "quiet": QUIET}
        ),
        school=tuple(
            blueprint.School(key=key, name=one.name, role="core" if one is said.core else "member", place=one.place)
            for one, key in schools.items()
        ),
        person=tuple(
            blueprint.Person(
                key=key,
                name=one.name,
                school=schools[one.school],
                home=schools[one.home] if one.home else None,
                subject=one.subject,
                post=one.post,
                roles=one.roles,
            )
            for one, key in people.items()
        ),
        class_=tuple(
            blueprint.SchoolClass(
                key=key,
                school=schools[one.school],
                name=one.name,
                head_teacher=people[one.head_teacher] if one.head_teacher else None,
            )
            for one, key in classes.items()
        ),
        term=tuple(
            blueprint.Term(key=key, name=called(one, words), first_day=one.first_day, last_day=one.last_day)
            for one, key in keyed(sorted(said.terms, key=lambda one: one.first_day), term_key, "term").items()
        ),
        chat=tuple(
            blueprint.Chat(key=key, title=title, platform="telegram")
            for title, key in keyed(said.chats, initials, "group").items()
        ),
    )


def keyed(found: Iterable[T], rule: Callable[[T], str], otherwise: str) -> dict[T, str]:
    """In their order; `otherwise` names what has no sound that can be written."""
    keys: dict[T, str] = {}
    taken: set[str] = set()
    for one in found:
        plain = rule(one)[:LONGEST].strip("-") or otherwise
        key, number = plain, 1
        while key in taken:
            number += 1
            key = f"{plain}-{number}"
        taken.add(key)
        keys[one] = key
    return keys


def initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return letters(lazy_pinyin(name, style=Style.FIRST_LETTER))


def sounds(name: str) -> str:
    from pypinyin import lazy_pinyin

    return letters(lazy_pinyin(name))


def letters(parts: Iterable[str]) -> str:
    """a-z, 0-9 and -, which the contract allows a consortium."""
    words = re.findall("[a-z0-9]+", "".join(parts).lower().replace(" ", "-"))
    return "-".join(words)


def numbers(name: str) -> str:
    """七年级(1)班, 七(1)班 and 七1班: 7-1; 七年级十二班: 7-12."""
    return "-".join(map(numeral, NUMBER.findall(name))) or initials(name)


def numeral(word: str) -> str:
    tens, ten, ones = word.translate(NUMERALS).rpartition("十")
    return str(10 * int(tens or 1) + int(ones or 0)) if ten else ones


def school_year(first_day: date) -> tuple[int, int]:
    """2026, 1: the first term of the school year that begins in 2026."""
    second = SECOND_HALF[0] <= first_day.month < SECOND_HALF[1]
    begun = first_day.month >= SECOND_HALF[1]
    return first_day.year if begun else first_day.year - 1, 2 if second else 1


def term_key(term: Term) -> str:
    return "{}-{}".format(*school_year(term.first_day))


def called(term: Term, words: Words) -> str:
    year, half = school_year(term.first_day)
    return term.name or words.named(f"term_{half}", "founding").format(year=year, next=year + 1)
