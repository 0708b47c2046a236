#!/bin/sh
# See to it that a Chromium for the end-to-end tests is there; where none can be had the tests say why they are skipped.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && found=1 && break
done
[ -d "/Applications/Google Chrome.app" ] || [ -d "/Applications/Chromium.app" ] && found=1
missing=""
[ -n "${found:-}" ] || missing="chromium"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing from Debian's packages: $missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1 || true
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core >/dev/null 2>&1 || echo "Could not install: $missing"
else
  echo "Not found and not installed for you: $missing (some tests will be skipped with this reason)"
fi
exit 0
