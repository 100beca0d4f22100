"""The panel of the rules (查方案): a question above, the paper below, with what answers it marked where it stands."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct
from starlette.datastructures import FormData

from bot.room.labelled import Page
from bot.voice import Voices
from handlers.ask import AskOutcome, Undecided, answer
from handlers.consult import LONGEST, plain
from sandbox.mounted import Viewer
from store import consortiums
from store.database import Session, Store
from store.policies import bank, editions, surroundings
from store.policies.editions import InForce
from store.policies.surroundings import Lines

EXAMPLES = 5


class Consulted(Struct, frozen=True):
    """`shown`: the paper that is read, None where there is none; `cited`: of each of its lines what is quoted."""

    papers: tuple[InForce, ...]
    shown: InForce | None
    lines: Lines
    cited: Mapping[int, Sequence[str]]
    outcome: AskOutcome | None
    examples: tuple[str, ...]


class RulesPanel:
    name = "rules"

    def __init__(self, store: Store, voices: Voices) -> None:
        self.store, self.voices, self.page = store, voices, Page("rules")

    def title(self, language: str) -> str:
        return self.page.title(language)

    async def show(self, viewer: Viewer) -> str:
        question = plain(viewer.asked.get("q", ""))[:LONGEST]
        paper = viewer.asked.get("paper", "")
        found = await asyncio.to_thread(self.store.read, consulted, viewer.circle, question, paper)
        if found is None:
            return self.page.written(viewer, "no_paper")
        said = self.voices.of(viewer.language).say(found.outcome).text if found.outcome is not None else ""
        rows = list(marked(found))
        here = next((place for place, (_line, words) in enumerate(rows) if "<mark" in words), None)
        return self.page.written(viewer, "rules", found=found, question=question, said=said, rows=rows, here=here)

    async def act(self, _viewer: Viewer, _form: FormData) -> Mapping[str, str]:
        """A question is a part of the address."""
        return {}


def consulted(session: Session, circle: str | None, question: str, paper: str) -> Consulted | None:
    """Nothing is kept of the question. `paper`: the title of the one to read, where nothing is quoted."""
    row = consortiums.by_key(session, circle) if circle is not None else None
    if row is None or row.id is None:
        return None
    papers = tuple(editions.in_force(session, row.id))
    outcome = answer(session, row.id, question) if question else None
    citations = () if outcome is None or isinstance(outcome, Undecided) else outcome.citations
    title = citations[0].document if citations else paper
    shown = next((one for one in papers if one.document == title), papers[0] if papers else None)
    lines = surroundings.lines(session, shown.id) if shown is not None else ()
    cited: dict[int, list[str]] = {}
    for one in citations:
        place = surroundings.located(lines, one.path, one.text) if shown and one.document == shown.document else None
        if place is not None:
            for at in range(place, surroundings.end(lines, place)):
                cited.setdefault(at, []).extend(one.text.split("\n"))
    asked = tuple(one.question for one in bank.every(session, row.id) if not one.proposed and one.target)
    return Consulted(papers, shown, lines, cited, outcome, asked[:: max(1, len(asked) // EXAMPLES)][:EXAMPLES])


def marked(found: Consulted) -> Iterator[tuple[surroundings.Standing, Markup]]:
    """Each line of the paper, with what is quoted of it in <mark>."""
    for place, line in enumerate(found.lines):
        quoted = max((one for one in found.cited.get(place, ()) if one and one in line.words), key=len, default="")
        before, _, after = line.words.partition(quoted) if quoted else (line.words, "", "")
        mark = Markup("<mark>{}</mark>").format(quoted) if quoted else Markup()
        yield line, escape(before) + mark + escape(after)
