"""Proofs: how near to what is asked about the kind of thing stands that is asked for (a number, a time, a person)."""

from operator import or_

from store.policies.asking import Question
from store.policies.enumerating import headed
from store.policies.sought import Candidate, Quest, fold_of, parts_of, plain_of

BEFORE, BEHIND, NOUN = 14, 10, 6  # characters around a thing that is asked for
FAR = 9  # parts of a sentence: further than any proof stands from what was asked about


def proven(question: Question, candidate: Candidate, quest: Quest) -> dict[str, float]:
    """How near to what was asked about, counted in parts between two stops, the kind of thing asked for stands."""
    kind, entry = question.kind, candidate.entry
    parts = parts_of(entry.sentences[candidate.sentence].text) if entry.sentences else ()
    held = [quest.weight(quest.in_pairs(fold_of(part))) for part in parts]
    best = max(range(len(parts)), key=lambda at: (held[at], -at), default=0)
    facts = {"part_pairs": held[best] / (quest.total or 1.0) if held else 0.0}
    proofs = [at for at, part in enumerate(parts) if kind is not None and kind.proves(part)]
    if kind is not None and kind.name in ("when", "day") and entry.passage.dates:
        proofs.append(best)
    if kind is not None and kind.name == "count" and headed(question, entry):
        proofs.append(best)
    sure = kind is not None and (kind.strict or kind.fair)
    others = [at for at, each in enumerate(entry.sentences) if sure and kind and kind.proves(plain_of(each.text))]
    anywhere = bool(others)
    away = min((abs(at - best) for at in proofs), default=FAR)
    beside = min((0 for at in proofs if held[at]), default=1) == 0 if parts else False
    for name, on in (("strict", kind is not None and kind.strict), ("fair", kind is not None and kind.fair)):
        facts[f"{name}_here"] = float(on and away == 0)
        facts[f"{name}_beside"] = float(on and beside)
        facts[f"{name}_next"] = float(on and away == 1)
        facts[f"{name}_sentence"] = float(on and bool(proofs))
        facts[f"{name}_after"] = float(on and not proofs and candidate.sentence + 1 in others)
        facts[f"{name}_elsewhere"] = float(on and not proofs and anywhere)
        facts[f"{name}_nowhere"] = float(on and not proofs and not anywhere)
    facts |= around(question, candidate, quest)
    facts["loose_sentence"] = float(not sure and bool(proofs))
    return facts


def around(question: Question, candidate: Candidate, quest: Quest) -> dict[str, float]:
    """How much of the question stands close by the best of the things asked for, whatever stops stand between."""
    kind, entry = question.kind, candidate.entry
    total = quest.total or 1.0
    facts = dict.fromkeys(("close_strict", "close_fair", "tight", "noun_close", "proofs"), 0.0)
    if kind is None or not (kind.strict or kind.fair) or not entry.sentences:
        return facts
    text = plain_of(entry.sentences[candidate.sentence].text)
    spans = [found.span() for proof in kind.proofs for found in proof.finditer(text)]
    best = 0.0
    for first, last in spans:
        window = text[max(0, first - BEFORE) : last + BEHIND]
        folded = fold_of(window)
        best = max(best, quest.weight(map(or_, quest.in_pairs(folded), quest.near(folded))) / total)
        beside = fold_of(text[max(0, first - NOUN) : last + NOUN])
        facts["tight"] = max(facts["tight"], quest.weight(quest.in_pairs(beside)) / total)
        if question.noun and question.noun in beside:
            facts["noun_close"] = 1.0
    facts["close_strict" if kind.strict else "close_fair"] = best
    facts["proofs"] = float(min(len(spans), 4))
    return facts
