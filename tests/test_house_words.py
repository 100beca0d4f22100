"""House rules of words: each outcome has a template in each language, and no template is left over."""

import ast
import importlib
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

from jinja2 import Environment, meta
from msgspec.inspect import is_struct_type

from bot.voice import TEMPLATES, Voice
from bot.words import LABELS, snake_case
from handlers.amend import AmendmentOpened
from handlers.answer_prompt import ChangeWorded, NothingAsked
from handlers.apply import ApplyRefused
from handlers.decide_offer import OfferOpened, OfferOvertaken
from handlers.leave_days import LeaveWordsWanted, ReasonAwaited
from handlers.look_up import LookedUp
from handlers.minutes_words import NoMaterialWanted, TasksWorded
from handlers.notice import NoticeMoot
from handlers.offer import FileWanted
from handlers.record import RecordWorded
from handlers.rewrite_reflection import NothingRewritten
from handlers.schedule import AskedBackKept, WordsWanted
from handlers.sign_in import SignInOpened
from store.policies.editions import publish
from tests.conftest import HOME

# A refusal by lines; nothing asked; nothing to say any more; steps on the way to what is said, or several answers.
STEPS = {
    *(FileWanted, OfferOpened, OfferOvertaken, ChangeWorded, WordsWanted, AskedBackKept, AmendmentOpened),
    *(LeaveWordsWanted, ReasonAwaited, RecordWorded, SignInOpened, LookedUp, TasksWorded, NoMaterialWanted),
}
UNSAID = {ApplyRefused, NothingAsked, NothingRewritten, NoticeMoot, *STEPS}
LANGUAGES = sorted(path.name for path in TEMPLATES.iterdir())
BOT = HOME / "bot"
INCLUDED = re.compile(r'\{% include "(\w+)\.j2" %\}')


def outcomes() -> set[Any]:
    """What a use case, or the edition of a policy, may come out as."""
    modules = [importlib.import_module(f"handlers.{path.stem}") for path in (HOME / "handlers").glob("[a-z]*.py")]
    return {one for module in modules for use_case in use_cases(module) for one in outcomes_of(use_case)} | set(
        outcomes_of(publish)
    )


def use_cases(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for _, function in inspect.getmembers(module, inspect.isfunction):
        names = list(inspect.signature(function).parameters)
        if function.__module__ == module.__name__ and names[:2] == ["session", "request"] and len(names) == 3:
            yield function


def outcomes_of(use_case: Callable[..., Any]) -> Iterator[Any]:
    returned = get_type_hints(use_case)["return"]
    yield from (one for one in get_args(returned) or (returned,) if is_outcome(one))


def is_outcome(one: Any) -> bool:
    return is_struct_type(one) and one not in UNSAID


def pages(bot: Path) -> set[str]:
    """Templates that are named where they are said: `voice.words("plan", …)`, `replies.remark(heard, "text_only")`,
    `replies.tell(account, "moved_away")`."""
    found = set()
    for path in bot.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("words", "remark", "tell"):
                found |= {word.value for word in node.args if isinstance(word, ast.Constant)}
    return {page for page in found if isinstance(page, str)}


def sources(language: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in (TEMPLATES / language).glob("*.j2")}


def wrong_templates(
    texts: Mapping[str, str], grammar: Environment, expected: Mapping[str, tuple[str, ...]], named: set[str]
) -> list[str]:
    """`expected`: a template for each outcome and the variables that it may use; `named`: those of any variables.
    What others include is theirs, and read with them."""
    included = {part for text in texts.values() for part in INCLUDED.findall(text)}
    found = [f"{name}: no template" for name in expected.keys() | named if name not in texts]
    found += [f"{name}: nothing says it" for name in texts if name not in expected.keys() | named | included]
    for name in (texts.keys() - named) & (expected.keys() | (texts.keys() - included)):
        unknown = meta.find_undeclared_variables(grammar.parse(whole(texts, name))) - set(expected.get(name, ()))
        found += [f"{name}: no field {variable}" for variable in unknown]
    return found


def whole(texts: Mapping[str, str], name: str) -> str:
    return INCLUDED.sub(lambda part: whole(texts, part[1]), texts[name])


def keys(labels: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """`[dates] day` is `dates.day`; a list is one key."""
    for name, value in labels.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{within}{name}.")
        else:
            yield f"{within}{name}"


def test_every_outcome_has_a_template_of_its_own_fields_in_every_language() -> None:
    expected = {snake_case(outcome.__name__): outcome.__struct_fields__ for outcome in outcomes()}
    assert len(expected) > 40
    for language in LANGUAGES:
        assert wrong_templates(sources(language), Voice(language).texts, expected, pages(BOT)) == []


def test_a_wrong_template_is_seen() -> None:
    expected = {"seen": ("title",), "recorded": ("title",)}
    texts = {"seen": '{{ title }} {% include "part.j2" %}', "forgotten": "", "part": "{{ person }}"}
    found = wrong_templates(texts, Voice("zh").texts, expected, {"plan"})
    assert sorted(found) == [
        "forgotten: nothing says it", "plan: no template", "recorded: no template", "seen: no field person",
    ]  # fmt: skip


def test_pages_have_the_same_variables_in_every_language() -> None:
    grammar = Voice("zh").texts
    for page in pages(BOT):
        used = [meta.find_undeclared_variables(grammar.parse(sources(language)[page])) for language in LANGUAGES]
        assert all(each == used[0] for each in used), page


def test_labels_have_the_same_keys_in_every_language() -> None:
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in LABELS.glob("*.toml")}
    assert sorted(files) == LANGUAGES
    assert all(sorted(keys(labels)) == sorted(keys(files["zh"])) for labels in files.values())


def test_a_missing_label_is_seen() -> None:
    assert list(keys({"a": "", "dates": {"day": "", "months": ["1月"]}})) == ["a", "dates.day", "dates.months"]
    assert list(keys({"dates": {"months": ["Jan"]}})) != list(keys({"dates": {"day": "", "months": ["1月"]}}))


def half_width(text: str) -> list[str]:
    """`,` and `:` beside Chinese characters, slips of the keyboard; what stands in a template's braces is no text."""
    return re.findall(r"[\u4e00-\u9fff][,:;!?]|[,:;!?][\u4e00-\u9fff]", re.sub(r"\{[{%].*?[}%]\}", "", text))


def test_chinese_is_written_with_full_width_marks() -> None:
    assert {name: half_width(text) for name, text in sources("zh").items() if half_width(text)} == {}


def test_a_half_width_mark_is_seen() -> None:
    assert half_width("时间:{{ a }}") == ["间:"]
    assert half_width("{% if 甲:乙 %}时间：14:30") == []
