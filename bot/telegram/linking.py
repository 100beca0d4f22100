"""Linking: an invite as a deep link, and as a picture that a phone's camera reads."""

from dataclasses import replace
from io import BytesIO

from handlers.invite import Invited


def linkable(invited: Invited, username: str) -> Invited:
    link = f"https://t.me/{username}?start={invited.code}"
    return replace(invited, link=link, document=("invite.png", picture(link)))


def picture(link: str) -> bytes:
    """A QR code as PNG."""
    import segno

    content = BytesIO()
    segno.make_qr(link).save(content, kind="png", scale=8)  # `make` may draw a Micro QR code, which no phone reads
    return content.getvalue()
