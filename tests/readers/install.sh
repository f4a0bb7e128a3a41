#!/usr/bin/env bash
# The readers of RDF that are no Python packages, for the tests of this folder: rapper and serdi as Debian has them,
# jsonld.js from the lock beside this file, in build/readers. What cannot be installed here is said on standard error,
# the tests that would ask it are skipped, and this ends well all the same.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$here/../../build/readers
mkdir -p "$folder"

there() { command -v "$1" >/dev/null 2>&1; }

debian() {
	export DEBIAN_FRONTEND=noninteractive
	apt-get install -qq --no-install-recommends raptor2-utils serdi ||
		{ apt-get update -qq && apt-get install -qq --no-install-recommends raptor2-utils serdi; }
}

if ! { there rapper && there serdi; }; then
	if ! there apt-get || [[ $(id -u) != 0 ]]; then
		echo 'rapper and serdi are not here: as root on Debian, apt-get install raptor2-utils serdi' >&2
	elif ! debian >"$folder/apt.log" 2>&1; then
		echo 'rapper and serdi cannot be installed; build/readers/apt.log says why.' >&2
	fi
fi

if ! cmp --quiet "$here/package-lock.json" "$folder/node_modules/.locked"; then
	cp "$here/package.json" "$here/package-lock.json" "$folder"
	if ! there npm; then
		echo 'jsonld.js is not here: it needs node and npm.' >&2
	elif npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund >"$folder/npm.log" 2>&1; then
		cp "$here/package-lock.json" "$folder/node_modules/.locked"
	else
		echo 'jsonld.js cannot be installed; build/readers/npm.log says why.' >&2
	fi
fi
exit 0
