#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Test the files of `make install`: the program runs, and the manual, the
# documents, the examples and the entry in the desktop's menu are complete.
#
# Usage: installed.sh PROGRAM MANUAL DOCUMENTS DATA SOURCE VERSION
#                     [SHELL FILE]...
#
# A FILE is the completion in a SHELL.

set -u
program=$1
manual=$2
documents=$3
data=$4
source=$5
version=$6
shift 6

fail() {
	echo "installed.sh: $*" >&2
	exit 1
}

said=$("$program" --version) || fail "$program --version: status $?"
case $said in
"lstmtui $version"*) ;;
*) fail "wrong output of $program --version: $said" ;;
esac

test -s "$manual" || fail "missing manual: $manual"
for name in AUTHORS COPYING NEWS README; do
	cmp "$source/$name" "$documents/$name" ||
		fail "missing or different: $name"
done
for example in "$source"/examples/*; do
	cmp "$example" "$documents/examples/${example##*/}" ||
		fail "missing or different: example ${example##*/}"
done

for picture in "$source"/doc/*.png; do
	cmp "$picture" "$documents/doc/${picture##*/}" ||
		fail "missing or different: picture ${picture##*/}"
done
for file in applications/lstmtui.desktop \
	metainfo/org.example.lstmtui.metainfo.xml \
	icons/hicolor/scalable/apps/lstmtui.svg; do
	cmp "$source/data/${file##*/}" "$data/$file" ||
		fail "missing or different: $file"
done
while test $# -gt 0; do
	LC_ALL=C "$program" completion "$1" | cmp - "$2" ||
		fail "missing or different: completion in $1"
	shift 2
done

# Train briefly on an example, and generate points.
folder=$(mktemp -d) || fail 'no temporary folder'
trap 'rm -rf "$folder"' EXIT
model=$folder/walk.safetensors
"$program" train --quiet --seed 1 --updates 2 --framing sequence \
	--task points --data "$documents/examples/walk.csv" "$model" ||
	fail "training: status $?"
points=$("$program" generate --length 5 "$model" | wc -l) ||
	fail "generate: status $?"
test "$points" -eq 5 || fail "generate wrote $points lines, not 5"
