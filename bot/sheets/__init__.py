"""Workbooks that go out and come back: term plan, roster, sign-in sheet."""
