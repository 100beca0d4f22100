"""A font that has Chinese characters, among those that the machine has: a picture of boxes is worse than none."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from store.complaint import Complaint

MEND = "one with Chinese characters; on Debian: apt install fonts-noto-cjk fontconfig"
# Where it lies on machines without fontconfig, and what the family in it is called.
KNOWN = {
    "C:/Windows/Fonts/msyh.ttc": "Microsoft YaHei",
    "C:/Windows/Fonts/simhei.ttf": "SimHei",
    "C:/Windows/Fonts/simsun.ttc": "SimSun",
    "/System/Library/Fonts/PingFang.ttc": "PingFang SC",
    "/System/Library/Fonts/STHeiti Light.ttc": "Heiti SC",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc": "WenQuanYi Zen Hei",
}


class Font(Struct, frozen=True):
    file: str
    family: str


def font(known: Mapping[str, str] = KNOWN) -> Font:
    """Raises Complaint."""
    chosen = found(known)
    if chosen is None:
        raise Complaint("font", "none that has Chinese characters", MEND)
    return chosen


def found(known: Mapping[str, str] = KNOWN) -> Font | None:
    """The system's own choice (fontconfig), else one of those that are known."""
    return by_fontconfig() or next((Font(*each) for each in known.items() if Path(each[0]).is_file()), None)


def by_fontconfig() -> Font | None:
    """fc-match always names one; only its languages tell whether it fits."""
    if shutil.which("fc-match") is None:
        return None
    asked = ["fc-match", "--format", "%{file}\n%{family[0]}\n%{lang}", "sans-serif:lang=zh-cn"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split("\n")
    if len(answer) != 3 or "zh-cn" not in answer[2].split("|"):
        return None
    return Font(answer[0], answer[1])
