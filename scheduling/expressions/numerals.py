"""Numerals as they are typed: 2, 二, 两, 十二, 廿一, 零五, 二〇二六."""

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HAN = "[零〇一二两三四五六七八九十廿卅]"
N = rf"(?:[0-9]{{1,4}}(?![0-9])|{HAN}{{1,5}}(?!{HAN}))"


def value(text: str) -> int | None:
    """None where it is no number (三四)."""
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return None
        return 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)
    digits = [DIGITS[digit] for digit in text]
    if len(digits) == 4 or len(text.lstrip("零〇")) <= 1:  # a year, or 零五
        return int("".join(map(str, digits)))
    return None
