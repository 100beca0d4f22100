"""`python -m bot` is `jiaolian`."""

from bot.cli import main

main()
