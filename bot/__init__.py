"""The composition root: settings, wiring, the desk, the voice and the commands."""
