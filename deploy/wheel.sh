#!/bin/sh
# deploy/wheel.sh: builds the wheel, installs it in an environment of its own, and uses it from another folder; then runs it without installing.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
work=$(mktemp -d) demo=''
trap '[ -z "$demo" ] || kill "$demo" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$PYTHON" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work" .
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$work"/jiaolian-*.whl
cd "$work"
jiaolian="$work/venv/bin/jiaolian"
samples=$("$work/venv/bin/python" -c 'import bot, pathlib; print(pathlib.Path(bot.__file__).parent / "samples")')

"$jiaolian" --version
for sample in chuzhong lianheti xiaoxue; do
    "$jiaolian" apply "$samples/$sample.toml" >/dev/null
    "$jiaolian" policy import "$samples/$sample-charter.txt" --consortium "$sample" >/dev/null
done
"$jiaolian" policy ask 每月教研几次 --consortium chuzhong | grep -q 每月开展一次
"$jiaolian" rehearse --from 2026-10-01 --to 2026-10-31 --json | grep -q 共创式主题教研
"$jiaolian" calendar --consortium chuzhong --from 2026-10-01 --to 2026-10-31 --out october.ics >/dev/null
"$jiaolian" picture --consortium chuzhong --out term.svg >/dev/null
"$jiaolian" doctor >/dev/null
"$jiaolian" backup copy >/dev/null
"$jiaolian" demo --no-browser --port 8799 >ready &
demo=$!
tries=0
until grep -q '^ready ' ready; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ]
    sleep 0.5
done
kill "$demo"
wait "$demo"
demo=''

"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
"$work/venv/bin/uvx" --quiet --python "$PYTHON" --from "$work"/jiaolian-*.whl jiaolian plan --from 2026-10-01 --to 2026-10-31 | grep -q 共创式主题教研
echo "the wheel works"
