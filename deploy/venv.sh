#!/bin/sh
# deploy/venv.sh [dev]: .venv with this package (and the developer's tools, in the versions of the lock) in it. Does nothing where that is done.
# What stops it is said in one line with its mend; exit 1.
set -u
cd "$(dirname "$0")/.." || exit 1

NEEDED='import sys; sys.exit(sys.version_info < (3, 11))'
PARTS=${1:+[$1]} LOCK=deploy/requirements-dev.lock
WANTED="$(pwd) $(cat pyproject.toml $LOCK | cksum)"
STAMP=.venv/.installed${1:+-$1} UNFINISHED=.venv/.unfinished
SAID=$(mktemp) || exit 1
trap 'rm -f "$SAID"' EXIT
trap 'exit 130' INT TERM

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

installed() { # what has the tools has all that the bot needs
    for stamp in "$STAMP" .venv/.installed-dev; do
        [ "$(cat "$stamp" 2>/dev/null)" = "$WANTED" ] && [ ! -e "$UNFINISHED" ] && works && return 0
    done
    return 1
}

works() { .venv/bin/python -c "$NEEDED" 2>/dev/null; }

python() { # the first that is new enough and can make an environment
    old='' bare=''
    for name in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
        version=$("$name" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
        if ! "$name" -c "$NEEDED"; then
            old="$name is $version"
        elif ! "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            bare=${bare:-$(basename "$name")}
        else
            command -v "$name"
            return
        fi
    done
    [ -n "$bare" ] && stop "$bare cannot make an environment: its venv module is missing. Mend: apt install -y $bare-venv"
    stop "Python 3.11 or newer is needed, found ${old:-none${PYTHON:+ at $PYTHON}}. Mend: apt install -y python3 python3-venv, or PYTHON=/path/to/python3.11 make …"
}

why() { # pip's many lines in a few words
    if grep -qiE 'connection|name resolution|timed out|unreachable|proxy' "$SAID"; then
        echo "the package index cannot be reached. Mend: check the network (behind a proxy: HTTPS_PROXY=…), then the same again"
    else
        said=$(grep -i error "$SAID" | tail -n 1)
        echo "${said:-$(tail -n 1 "$SAID")}. Mend: the same again, or first rm -rf .venv"
    fi
}

install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 2 "$@" >"$SAID" 2>&1; }

locked() { install --require-hashes --requirement $LOCK && install --no-deps --no-build-isolation --editable .; }

# A version that an index does not have (a mirror behind, one withdrawn) must keep nobody from working: then the ranges of pyproject.toml hold.
# A file that is there with another hash is no such thing, and stops.
ranges() {
    lacking=$(sed -n 's/^ERROR: No matching distribution found for \([^ ]*\).*/\1/p' "$SAID" | head -n 1)
    [ -n "$lacking" ] || return 1
    echo "The index has no $lacking, which $LOCK names: versions by pyproject.toml instead."
    install --editable ".$PARTS"
}

installed && exit 0
if [ -e "$UNFINISHED" ]; then
    echo "The last installation was interrupted: .venv is made anew."
    rm -rf .venv
elif [ -e .venv ] && ! works; then
    echo ".venv does not work any more (was Python replaced, or the folder moved?): it is made anew."
    rm -rf .venv
fi
found=$(python) || exit 1
echo "正在安装到 .venv，大约半分钟 …… (Installing into .venv, half a minute or so ...)"
{ mkdir -p .venv && : >"$UNFINISHED"; } 2>"$SAID" || stop "Cannot write .venv: $(cat "$SAID"). Mend: chown -R $(id -un) ."
works || "$found" -m venv .venv >"$SAID" 2>&1 || stop "Cannot make .venv: $(why)"
if [ -n "$PARTS" ]; then
    locked || ranges || stop "Cannot install: $(why)"
else
    install --editable . || stop "Cannot install: $(why)"
fi
rm -f .venv/.installed*
echo "$WANTED" >"$STAMP" && rm "$UNFINISHED"
