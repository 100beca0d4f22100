"""What the demo puts beside the chat: the buttons that move time, the crowd's switch, the panels."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.room.crowd import Crowd
from bot.room.labelled import STYLE
from bot.room.playing import Player
from sandbox.mounted import Controls, Move, Panel, Switch

LENGTHS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def controls_of(
    player: Player, crowd: Crowd, panels: Sequence[Panel] = (), ready: Callable[[], bool] = lambda: True
) -> Controls:
    async def turned(on: bool) -> None:
        crowd.on = on
        await player.catch_up()

    moves: dict[str, Move] = {"next_message": player.next_message, "next_event": player.next_event}
    moves |= {name: onward(player, by) for name, by in LENGTHS.items()} | {"term": player.whole_term}
    switches = {"others": Switch(lambda: crowd.on, turned)}
    return Controls(player.clock.now, moves, player.go, player.stop, crowd.hands.add, switches, panels, STYLE, ready)


def onward(player: Player, by: timedelta) -> Move:
    async def forward(_circle: str | None) -> None:
        await player.forward(by)

    return forward
