"""Buttons: which ones stand under what is said, and what a press of one means."""
