"""The console: plain lines in a terminal, the second messaging platform."""
