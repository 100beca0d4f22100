"""The room: the demo's sample consortium, the people in its chats, and the clock that goes with it."""
