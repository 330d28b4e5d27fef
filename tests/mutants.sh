#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Mutation tests. tests/mutants.list contains one-line faults (mutants), each
# with the tests that must detect it. Each fault is applied to a copy of the
# source, which is built and tested. The last line is `N of N noticed`; the exit
# status is 0 if all were noticed.
#
#   mutants.sh SOURCE FOLDER [OPTION]... [NAME]...
#
# FOLDER is the working folder; NAMEs select entries, the default is all.
#
#   --check      only check that the list matches the source
#   --all        run all tests on each mutant, not only those listed
#   --jobs N     test N copies in parallel; default: the number of processors
#
# An entry of the list:
#
#   name   name-of-the-fault
#   file   src/core/loss.c
#   old    a fragment that occurs once in the file; white space is ignored
#   new    its replacement; empty: remove the fragment
#   tests  check_loss check_gradient

set -uo pipefail

source=$(cd "$1" && pwd) || exit 1
folder=$2
shift 2
list=$source/tests/mutants.list
jobs=$(nproc 2>/dev/null || echo 2)
only_check=false
all_tests=false
wanted=()

while (($# > 0)); do
	case $1 in
	--check) only_check=true ;;
	--all) all_tests=true ;;
	--jobs)
		jobs=$2
		shift
		;;
	-*)
		echo "mutants.sh: unknown option $1" >&2
		exit 2
		;;
	*) wanted+=("$1") ;;
	esac
	shift
done

read_list() {
	awk -v source="$source" "$@" -f "$source/tests/mutants.awk" "$list"
}

read_list -v task=check || exit 1
if $only_check; then
	echo "mutants.list: $(read_list -v task=names | wc -l) entries fit"
	exit 0
fi

mkdir -p "$folder" || exit 1
folder=$(cd "$folder" && pwd) || exit 1
rm -rf "$folder"/claimed "$folder"/results "$folder"/logs
mkdir "$folder"/claimed "$folder"/results "$folder"/logs || exit 1

# a line for each entry: name, file, tests
entries=$folder/entries
read_list -v task=names |
	if ((${#wanted[@]} > 0)); then
		awk -v names=" ${wanted[*]} " 'index(names, " " $1 " ") > 0'
	else
		cat
	fi >"$entries"
count=$(wc -l <"$entries")
((count > 0)) || {
	echo 'mutants.sh: no entry has this name' >&2
	exit 2
}
((jobs <= count)) || jobs=$count

compiler=${CC:-gcc}
if command -v ccache >/dev/null; then
	compiler="ccache $compiler"
fi

# prepare WORKER: make and build the worker's copy of the source, without build
# folders.
prepare() {
	local place=$folder/$1 entry
	rm -rf "$place"
	mkdir -p "$place" || return 1
	for entry in "$source"/*; do
		test -e "$entry/config.log" || cp -R "$entry" "$place" ||
			return 1
	done
	(mkdir "$place/build" && cd "$place/build" &&
		../configure -q CC="$compiler" CFLAGS=-O2 &&
		make -s) >"$folder/logs/$1" 2>&1
}

# test_copy WORKER JOBS TEST...: build and run tests of the worker's copy.
test_copy() {
	local place=$folder/$1 at_once=$2 programs=() name
	shift 2
	if $all_tests; then
		make -s -j "$at_once" -C "$place/build" check
		return
	fi
	local helpers="src/lstmtui-faults src/lstmtui-extra-pane"
	for name in "$@"; do
		programs+=("tests/$name")
	done
	make -s -j "$at_once" -C "$place/build" check TESTS="${programs[*]}" \
		check_PROGRAMS="${programs[*]} $helpers"
}

# try WORKER NAME FILE TEST...: apply a fault, test, restore the file.
try() {
	local place=$folder/$1 name=$2 file=$3 worker=$1 result failed
	shift 3
	read_list -v task=apply -v wanted="$name" >"$place/$file"
	if ! make -s -C "$place/build" >"$folder/logs/$name" 2>&1; then
		result='does not compile'
	elif test_copy "$worker" 1 "$@" >>"$folder/logs/$name" 2>&1; then
		result=SURVIVED
	else
		failed=$(sed -nE 's,^(FAIL|ERROR): tests/,,p' \
			"$folder/logs/$name" | sort -u | xargs)
		result=${failed:+noticed by $failed}
		result=${result:-the tests do not build}
	fi
	cp "$source/$file" "$place/$file"
	echo "$result" >"$folder/results/$name"
	echo "$name: $result"
}

# work WORKER: claim and try entries until none is left.
work() {
	local name file tests
	# worker-1 has been prepared already
	[[ $1 == worker-1 ]] || prepare "$1" || {
		echo "mutants.sh: cannot build the copy: $folder/logs/$1" >&2
		return 1
	}
	while read -r name file tests; do
		mkdir "$folder/claimed/$name" 2>/dev/null || continue
		# shellcheck disable=SC2086
		try "$1" "$name" "$file" $tests
	done <"$entries"
}

# Tests that fail without a fault would detect nothing.
base=$folder/logs/base
prepare worker-1 || {
	echo "mutants.sh: cannot build the source: $folder/logs/worker-1" >&2
	exit 1
}
# shellcheck disable=SC2046
test_copy worker-1 "$jobs" \
	$(cut -d ' ' -f 3- "$entries" | tr ' ' '\n' | sort -u) \
	>"$base" 2>&1 || {
	echo "mutants.sh: tests fail without a fault: $base" >&2
	grep -E '^(FAIL|ERROR):' "$base" >&2
	exit 1
}

for ((i = 1; i <= jobs; i++)); do
	work "worker-$i" &
done
wait

noticed=$(cat "$folder"/results/* 2>/dev/null | grep -c '^noticed')
echo "$noticed of $count noticed"
((noticed == count))
