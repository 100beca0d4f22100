"""Exchanges (教师交流轮岗) and posts: whom the roster of a consortium has where (domain S2-09…17, S3-15…37)."""

import re
from collections.abc import Iterator
from datetime import date

from store.blueprint import Blueprint, Obligation, Person

PARTED = re.compile(r"[、，,；;/]")  # 教导主任、团委书记
BESIDE = re.compile(r"[(（].*?[)）]")  # 副校长（教学线）


def people_of(blueprint: Blueprint, obligation: Obligation, day: date) -> tuple[Person, ...]:
    """Who counts for it on that day, in the file's order: in one of its posts, sent from and to where it says."""
    sent = dict(journeys(blueprint, day))
    return tuple(person for person in blueprint.person if counts(person, obligation, sent))


def journeys(blueprint: Blueprint, day: date) -> Iterator[tuple[str, tuple[str, str]]]:
    """From which school to which somebody is sent, by the person's key. Where an `[[exchange]]` tells of a person, it
    alone does; else whoever works elsewhere than at home counts."""
    told = {one.person for one in blueprint.exchange}
    for person in blueprint.person:
        if person.key not in told and person.home not in (None, person.school):
            yield person.key, (str(person.home), person.school)
    yield from ((one.person, (one.from_, one.to)) for one in blueprint.exchange if one.runs_on(day))


def counts(person: Person, obligation: Obligation, sent: dict[str, tuple[str, str]]) -> bool:
    if obligation.posts and not set(posts(person)) & set(obligation.posts):
        return False
    if not (obligation.from_ or obligation.to):
        return True
    if person.key not in sent:  # a post at a school, whoever sent the person
        return bool(obligation.posts) and not obligation.from_ and person.school in (obligation.to or ())
    giver, taker = sent[person.key]
    return giver in (obligation.from_ or (giver,)) and taker in (obligation.to or (taker,))


def posts(person: Person) -> list[str]:
    return [one.strip() for one in PARTED.split(BESIDE.sub("", person.post or ""))]
