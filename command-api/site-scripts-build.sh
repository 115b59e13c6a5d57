#!/usr/bin/env bash
# Builds or tests the scripts that pages embed, with the installed npm, doing only what is not done:
#   site-scripts-build.sh build   site-scripts/dist, unless it is newer than its sources
#   site-scripts-build.sh test    their unit tests
set -euo pipefail
cd "$(dirname "$0")/site-scripts"

if ! command -v npm >/dev/null || ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    echo "The site scripts need Node 20.19 or newer with npm on the PATH (Debian: apt-get install nodejs npm; macOS: brew install node)." >&2
    exit 1
fi

installed() { [ node_modules/.package-lock.json -nt package-lock.json ]; }
install() { installed || npm ci --no-audit --no-fund --loglevel=error; }
built() {
    # the last that is made
    [ -f dist/pulse.js.br ] && [ -z "$(find package.json package-lock.json tsconfig.json build.mjs src -type f -newer dist/pulse.js.br -print -quit)" ]
}

case "${1:-build}" in
    build) built || { install && npm run --silent build; } ;;
    test) install && npm test --silent ;;
    *) echo "usage: $0 build|test" >&2; exit 2 ;;
esac
