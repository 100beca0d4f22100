"""Units of a text: Telegram's limits are in UTF-16 units, and 😀 is two of them."""


def units(text: str) -> int:
    """Also of what no file can hold: half a pair is one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
