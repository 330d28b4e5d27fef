#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same numbers with every build: compile the core with several compilers
# and flags, train, and compare the weights bit by bit. The kernels of certain
# processors are compiled as configure says, with the flags behind theirs.
#
# builds.sh SOURCE FOLDER MATH_CFLAGS AVX2_CFLAGS AVX512_CFLAGS
# SOURCE is the source folder, FOLDER one that has config.h and takes a folder
# `builds`. The flags of a kernel that is not compiled are empty.

set -eu
source=$1 folder=$2 math=$3 avx2=$4 avx512=$5
work=$folder/builds
rm -rf "$work"
mkdir -p "$work"

# build NAME COMPILER FLAGS: objects, then a program that prints its bits.
build() {
	name=$1 compiler=$2 flags=$3
	mkdir "$work/$name"
	for file in "$source"/src/base/hash.c "$source"/src/base/memory.c \
		"$source"/src/base/error.c "$source"/src/base/signals.c \
		"$source"/src/base/printable.c "$source"/src/core/*.c \
		"$source"/tests/bits.c "$source"/tests/builds.c; do
		own=
		case $file in
		*/kernel_avx2.c) own=$avx2 ;;
		*/kernel_avx512.c) own=$avx512 ;;
		*) own=' ' ;;
		esac
		test -n "$own" || continue
		# words apart: these are lists of flags
		# shellcheck disable=SC2086
		$compiler -D_GNU_SOURCE -include "$folder/config.h" \
			-I"$source/src" -I"$source/tests" $math $own $flags \
			-c -o "$work/$name/$(basename "$file" .c).o" "$file"
	done
	# shellcheck disable=SC2086
	$compiler $flags -o "$work/$name/builds" "$work/$name"/*.o \
		-lm -lpthread
	"$work/$name/builds" >"$work/$name.bits"
	if cmp -s "$work/first.bits" "$work/$name.bits" ||
		test ! -e "$work/first.bits"; then
		echo "  BUILDS   $compiler $flags: the same bits"
	else
		echo "$compiler $flags: other bits than $first" >&2
		diff "$work/first.bits" "$work/$name.bits" >&2 || true
		failed=yes
	fi
	if test ! -e "$work/first.bits"; then
		cp "$work/$name.bits" "$work/first.bits"
		first="$compiler $flags"
	fi
}

# refuses COMPILER FLAGS: what flags that are too quick are answered with.
refuses() {
	compiler=$1 flags=$2
	# shellcheck disable=SC2086
	if $compiler $flags -I"$source/src" -fsyntax-only -x c \
		"$source/src/core/kernel.h" 2>/dev/null; then
		echo "$compiler $flags: not refused" >&2
		failed=yes
	fi
}

# computes COMPILER FLAGS: that configure's test of the arithmetic passes.
computes() {
	compiler=$1 flags=$2
	# shellcheck disable=SC2086
	$compiler $math $flags -o "$work/arithmetic" \
		"$source/tests/arithmetic.c"
	(cd "$work" && ./arithmetic) && return
	echo "$compiler $flags: $(cat "$work/conftest.arithmetic")" >&2
	failed=yes
}

failed=
first=
number=0
for compiler in gcc clang; do
	if ! command -v "$compiler" >/dev/null; then
		echo "  BUILDS   no $compiler: left out"
		continue
	fi
	for flags in -O0 '-O2 -std=c11' '-O3 -march=native'; do
		number=$((number + 1))
		computes "$compiler" "$flags"
		build "$number" "$compiler" "$flags"
	done
	refuses "$compiler" -Ofast
	refuses "$compiler" '-O2 -ffinite-math-only'
done
test -n "$first" || { echo 'builds: neither gcc nor clang' >&2; exit 1; }
test -z "$failed"
rm -rf "$work"
