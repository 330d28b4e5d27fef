#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make install` put in place: the program runs, and with it come the
# manual, the documents and the examples.
#
# Usage: installed.sh PROGRAM MANUAL DOCUMENTS SOURCE VERSION

set -u
program=$1
manual=$2
documents=$3
source=$4
version=$5

fail() {
	echo "installed.sh: $*" >&2
	exit 1
}

said=$("$program" --version) || fail "$program --version: status $?"
case $said in
"lstmtui $version"*) ;;
*) fail "$program says of its version: $said" ;;
esac

test -s "$manual" || fail "no manual $manual"
for name in AUTHORS COPYING NEWS README; do
	cmp "$source/$name" "$documents/$name" || fail "no $name"
done
for example in "$source"/examples/*; do
	cmp "$example" "$documents/examples/${example##*/}" ||
		fail "no example ${example##*/}"
done

# A short training on an example, and what it learnt.
folder=$(mktemp -d) || fail 'no temporary folder'
trap 'rm -rf "$folder"' EXIT
model=$folder/walk.safetensors
"$program" train --quiet --seed 1 --updates 2 --framing sequence \
	--task points --data "$documents/examples/walk.csv" "$model" ||
	fail "training: status $?"
points=$("$program" generate --length 5 "$model" | wc -l) ||
	fail 'generate'
test "$points" -eq 5 || fail "generate wrote $points lines, not 5"
