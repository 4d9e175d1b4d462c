#!/bin/sh
# Build the wheel, install it alone beside the pinned packages, and use it as a stranger would:
# in an empty folder, with an empty home, without the checkout.
set -eu
python=$(command -v "${PYTHON:-python3}" || readlink -f "$PYTHON")
case $python in /*) ;; *) python=$PWD/$python ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --wheel-dir "$work/dist" .
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$work/site" \
    "$work"/dist/groundwork-*.whl
tests=$PWD/tests
cd "$work"
export HOME="$work/home" PYTHONPATH="$work/site" PYTHONNOUSERSITE=1
mkdir "$HOME"
unset OPENAI_API_KEY OPENAI_BASE_URL
where=$("$python" -P -c 'import assistant; print(assistant.__file__)')
case $where in "$work"/*) ;; *) echo "not the wheel's: $where" >&2; exit 1 ;; esac
run() { "$python" -P -c 'from assistant.cli.main import main; main()' "$@"; }
run init sales
cd sales
run doctor --model none
run brief examples/tidewater/sources/* --model none --today 2026-11-23 -o brief.md
grep -q "Dana Whitfield" brief.md
run objection its too expensive --model none --today 2026-11-23 -o reply.md
grep -q "The price is too high" reply.md
run knowledge lint --today 2026-11-23
cd "$work"
"$python" -P -m pytest --quiet -p no:cacheprovider --rootdir "$tests" -c /dev/null \
    --disable-socket "$tests/test_cli_brief.py"
echo "the wheel works"
