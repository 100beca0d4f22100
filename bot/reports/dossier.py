"""The dossier (台账的内容): all that an inspection file is made of, gathered at once; writing it needs no database."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot import class_weeks
from bot.class_weeks import ClassRow
from bot.reports import report_forms
from bot.reports.report_forms import Sheets
from bot.reports.standings import Standing, standings
from bot.words import Words
from handlers.exchanges import journeys
from handlers.report import Report, report
from handlers.report_facts import ReportTerm
from store import consortiums, reported
from store.blueprint import Blueprint, Milestone
from store.consortiums import Consortium
from store.database import Session
from store.policies import editions, history
from store.policies.clauses import flat
from store.policies.history import Dated


class Member(Struct, frozen=True):
    """A row of the roster. Schools are names; `home`: the one that sent an exchanged teacher, "" for none."""

    name: str
    school: str
    home: str
    subject: str
    post: str
    roles: tuple[str, ...]


class Sent(Struct, frozen=True):
    """An exchanged teacher (交流教师). Schools are names; days are None where the file has none."""

    name: str
    from_: str
    to: str
    subject: str
    since: date | None
    until: date | None


class Paper(Struct, frozen=True):
    """An edition of a plan, in force for some time of the range. `text`: of the one in force at its end, else ""."""

    title: str
    number: int
    source: str
    since: date
    until: date | None
    text: str


class Dossier(Struct, frozen=True):
    """`weeks`: the class meetings of each term. Everything is as it stood at the report's `stands_at`."""

    report: Report
    weeks: tuple[tuple[ReportTerm, tuple[ClassRow, ...]], ...]
    members: tuple[Member, ...]
    papers: tuple[Paper, ...]
    milestones: tuple[Milestone, ...]
    standings: tuple[Standing, ...]
    exchanges: tuple[Sent, ...]
    sheets: Sheets


def gathered(
    session: Session,
    consortium: Consortium,
    days: tuple[date, date],
    words: Words,
    now: datetime,
    school: str | None = None,
) -> Dossier:
    """Of one school, by its key, or of all."""
    found = report(session, consortium, days, now, school)
    holds = as_it_stood(consortium, found.terms[-1]) if found.terms else consortium
    file = consortiums.blueprint(holds)
    return Dossier(
        found,
        tuple(weeks(session, consortium, found, words)),
        tuple(members(session, consortium, file, school)),
        tuple(papers(session, consortium, found.stands_at)),
        file.milestone,
        standings(session, holds, *days, found.stands_at, words, school),
        tuple(exchanges(session, consortium, file, min(days[1], found.stands_at.date()), school)),
        report_forms.gathered(session, consortium.id or 0, found, file, now),
    )


def as_it_stood(consortium: Consortium, term: ReportTerm) -> Consortium:
    """With the plan that held when the term closed, for whoever asks for what holds; it is not kept."""
    kept = consortium.model_dump(include={"id", "key", "name", "timezone", "since"})
    return Consortium(**kept, applied=term.plan)


def weeks(
    session: Session, consortium: Consortium, found: Report, words: Words
) -> Iterator[tuple[ReportTerm, tuple[ClassRow, ...]]]:
    for term in found.terms:
        holds = as_it_stood(consortium, term)
        plan = next(one for one in consortiums.blueprint(holds).term if one.key == term.key)
        rows = class_weeks.grid(session, holds, plan, words, term.stands_at, found.school)
        if rows:
            yield term, tuple(rows)


def members(session: Session, consortium: Consortium, file: Blueprint, school: str | None) -> Iterator[Member]:
    """By school and in the file's order. The plan has their keys; the names are today's."""
    names = {row.key: row.name for row in reported.people(session, consortium.id or 0).values()}
    schools = {one.key: one.name for one in file.school}
    order = {one.key: number for number, one in enumerate(file.school)}
    for one in sorted(file.person, key=lambda one: order[one.school]):
        if school in (None, one.school):
            home = schools[one.home] if one.home and one.home != one.school else ""
            about = schools[one.school], home, one.subject or "", one.post or ""
            yield Member(names.get(one.key, ""), *about, one.roles)


def exchanges(
    session: Session, consortium: Consortium, file: Blueprint, day: date, school: str | None
) -> Iterator[Sent]:
    """Who is sent where on that day, in the file's order of people."""
    names = {row.key: row.name for row in reported.people(session, consortium.id or 0).values()}
    schools, sent = {one.key: one.name for one in file.school}, dict(journeys(file, day))
    told = {one.person: one for one in file.exchange if one.runs_on(day)}
    for one in file.person:
        if one.key in sent and school in (None, *sent[one.key]):
            giver, taker = sent[one.key]
            days = (told[one.key].since, told[one.key].until) if one.key in told else (None, None)
            yield Sent(names.get(one.key, ""), schools[giver], schools[taker], one.subject or "", *days)


def papers(session: Session, consortium: Consortium, at: datetime) -> Iterator[Paper]:
    """The editions that there were by then."""
    zone = ZoneInfo(consortium.timezone)
    for one in reversed(history.history(session, consortium.id or 0)):
        if one.since <= at:
            over = one.until is not None and one.until <= at
            until = one.until.astimezone(zone).date() if over and one.until else None
            text = "" if over else text_of(session, one)
            yield Paper(one.title, one.number, one.source_name, one.since.astimezone(zone).date(), until, text)


def text_of(session: Session, one: Dated) -> str:
    return "\n".join(clause.words for clause in flat(editions.clauses(session, one.id)))
