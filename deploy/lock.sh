#!/bin/sh
# deploy/lock.sh: deploy/requirements-dev.lock anew, which is what `deploy/venv.sh dev` installs: every version, with the hashes of its files, for
# all Pythons and systems at once. uv finds them (in PyPI, or where UV_DEFAULT_INDEX says); no index stands in the file.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3} LOCK=deploy/requirements-dev.lock
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
"$work/venv/bin/uv" pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
    --no-header --no-annotate --quiet --output-file "$work/lock"
{
    echo "# make lock: writes this file. What deploy/venv.sh dev installs, where the index has it."
    cat "$work/lock"
} >"$work/headed"
mv "$work/headed" "$LOCK"
echo "$LOCK: $(grep -c == "$LOCK") packages"
