"""The consortium file: its keys, what may stand behind them, and every reason why not."""
