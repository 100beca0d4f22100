"""Talk: which use case answers which words, commands and presses. Every platform's own; none is imported here."""
