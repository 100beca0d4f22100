"""The sandbox stays small: less than a third of the product, and no method that nothing here uses."""

import ast
from collections.abc import Collection, Iterable, Iterator

from sandbox.methods import METHODS
from tests.conftest import HOME
from tests.test_house import TREES

PRODUCT = ("bot/", "handlers/", "scheduling/", "store/")
BY_ITSELF = {"getme": "initialize"}  # what PTB calls on its own, and where
BY_OBJECT = {"answercallbackquery": "query.answer", "answerinlinequery": "query.answer"}  # PTB's short cuts


def lines(*rooms: str) -> int:
    return sum((HOME / path).read_bytes().count(b"\n") for path in TREES if path.startswith(rooms))


def unused(methods: Iterable[str], trees: Collection[ast.Module]) -> set[str]:
    """Those of which no call is seen: `bot.send_message(…)` is sendMessage."""
    calls = [node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    whole = {ast.unparse(call) for call in calls}
    seen = {name.replace("_", "") for name in named}
    seen |= {method for method, call in BY_ITSELF.items() if call in named}
    seen |= {method for method, call in BY_OBJECT.items() if call in whole}
    seen |= {words.lower() for tree in trees for words in plain(tree)}
    return set(methods) - seen


def plain(tree: ast.Module) -> Iterator[str]:
    """`plainly(bot, "sendMessage", …)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="plainly"), args=[_, ast.Constant(value=str(method)), *_]):
                yield method


def test_the_sandbox_is_smaller_than_a_third_of_the_product() -> None:
    assert 0 < lines("sandbox/") * 3 < lines(*PRODUCT)


def test_every_method_of_the_sandbox_is_used_by_the_product_or_by_ptb_itself() -> None:
    assert unused(METHODS, [tree for path, tree in TREES.items() if path.startswith("bot/")]) == set()


def test_a_method_that_nothing_uses_is_seen() -> None:
    some = [ast.parse("await bot.send_message(1, 'a')\nawait query.answer('b')")]
    assert unused(["sendmessage", "answercallbackquery", "deletemessage", "getme"], some) == {"deletemessage", "getme"}
