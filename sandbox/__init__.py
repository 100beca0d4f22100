"""A Bot API server of our own, and a page to chat in: imports no room of the house."""
