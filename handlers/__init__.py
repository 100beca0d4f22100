"""Use cases: (session, request, now) → outcome. No Telegram, no texts, no clock, nothing async."""
