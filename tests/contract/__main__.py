"""python -m tests.contract: how many promises each section of the contract has, and how many tests hold them; exit 1
where one is held by none. python -m tests.contract SECTION: those tests, as in pytest $(python -m tests.contract Demo)
"""

import sys

from tests.contract.held import CONTRACT, gone, held, unheld
from tests.contract.sentences import promises


def main() -> None:
    kept = held()
    if len(sys.argv) > 1:
        rows = kept[" ".join(sys.argv[1:])]
        print(*sorted({f"tests/{test}" for tests in rows.values() for test in tests}), sep="\n")
        return
    for section, rows in kept.items():
        tests = {test for tests in rows.values() for test in tests}
        print(f"{section}: {len(rows)} promises, {len(tests)} tests")
    wrong = gone(kept)
    if CONTRACT.exists():
        wrong += unheld(promises(CONTRACT.read_text(encoding="utf-8")), kept)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
