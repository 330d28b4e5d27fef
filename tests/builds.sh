#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Check that every build gives the same numerical results: compile the core with
# several compilers and flags, train, and compare the weights bit for bit.
# Kernels for certain processors are compiled with the flags of configure,
# followed by those of the test. The last build of each compiler simulates a
# distribution's: its CFLAGS are followed by KERNEL_CFLAGS. In addition, the
# command lines that make would use for kernels are checked.
# All compilations are one list of jobs that share the processors.
#
# builds.sh SOURCE FOLDER MATH_CFLAGS AVX2_CFLAGS AVX512_CFLAGS KERNEL_CFLAGS
#
# SOURCE: the source folder, as named in FOLDER's Makefile. FOLDER: the build
# folder, in which a folder `builds` is created. The flags of a kernel that is
# not compiled are empty. Environment: MAKE; LIBRARY_CFLAGS and LIBRARY_LIBS of
# the libraries that src/base uses.

set -eu
includes=${LIBRARY_CFLAGS-} libs=${LIBRARY_LIBS--lutf8proc}
folder=$2 math=$3 avx2=$4 avx512=$5 kept=$6
cd "$folder"
srcdir=$1 source=$(cd "$1" && pwd)
work=$folder/builds
rm -rf "$work"
mkdir -p "$work"
# The kernel neon needs no flags: a blank, if it is compiled.
neon=$(sed -n 's/^#define HAVE_KERNEL_NEON 1$/ /p' config.h)

# job WORD...: add a command to the list of jobs; its words are quoted.
job() {
	for word in "$@"; do
		printf "'%s' " "$word"
	done >>"$work/jobs"
	printf '\0' >>"$work/jobs"
}

# run_jobs: run the commands of the list, one for each processor at a time.
run_jobs() {
	xargs -0 -n 1 -P "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" \
		sh -c <"$work/jobs" &&
		rm -f "$work/jobs"
}

# compile TO FILE...: add jobs that compile objects into the folder TO by
# $compiler with $flags; for kernels, $kernel_flags follow.
compile() {
	to=$1
	shift
	mkdir -p "$to"
	for file in "$@"; do
		own='' last=''
		case $file in
		*/kernel_avx2.c) own=$avx2 ;;
		*/kernel_avx512.c) own=$avx512 ;;
		*/kernel_neon.c) own=$neon ;;
		*) own=' ' ;;
		esac
		test -n "$own" || continue
		case $file in
		*/kernel_*.c) last=$kernel_flags ;;
		esac
		# lists of flags, to be split into words
		# shellcheck disable=SC2086
		job $compiler -D_GNU_SOURCE -include "$folder/config.h" \
			-I"$source/src" -I"$source/tests" \
			$includes $math $own $flags $last \
			-c -o "$to/$(basename "$file" .c).o" "$file"
	done
}

# prepare NAME COMPILER FLAGS KERNEL_FLAGS: add the jobs that compile the
# program that prints hashes of trained weights. Kernels are compiled with FLAGS
# followed by KERNEL_FLAGS. They take longest, so they come first.
prepare() {
	name=$1 compiler=$2 flags=$3 kernel_flags=$4
	set -- "$source"/src/core/kernel_*.c
	for file in "$source"/src/core/*.c; do
		case $file in
		*/kernel_*.c) ;;
		*) set -- "$@" "$file" ;;
		esac
	done
	compile "$work/$name" "$@" "$source"/tests/bits.c \
		"$source"/tests/builds.c
	printf '%s\n' "$name|$compiler|$flags|$kernel_flags" >>"$work/list"
}

# link_all: link each program of the list and run it, several at a time. An
# archive holds the base, compiled once, since it does not compute: the core
# needs only some of its objects.
link_all() {
	ar cr "$work/base.a" "$work"/base/*.o
	while IFS='|' read -r name compiler flags kernel_flags; do
		# shellcheck disable=SC2086
		job $compiler $flags -o "$work/$name/builds" "$work/$name"/*.o \
			"$work/base.a" $libs -lm -lpthread
	done <"$work/list"
	run_jobs
	while IFS='|' read -r name compiler flags kernel_flags; do
		# the words are expanded by the job
		# shellcheck disable=SC2016
		job sh -c '"$0" >"$1"' "$work/$name/builds" "$work/$name.bits"
	done <"$work/list"
	run_jobs
}

# compare_all: compare the output of each program with that of the first.
compare_all() {
	while IFS='|' read -r name compiler flags kernel_flags; do
		shown=${kernel_flags:+, kernels $kernel_flags}
		test -n "$first" || {
			first="$compiler $flags" first_bits=$work/$name.bits
		}
		if test -s "$work/$name.bits" &&
			cmp -s "$first_bits" "$work/$name.bits"; then
			echo "  BUILDS   $compiler $flags$shown: equal bits"
		else
			echo "$compiler $flags$shown: bits differ from" \
				"$first" >&2
			diff "$first_bits" "$work/$name.bits" >&2 || true
			failed=yes
		fi
	done <"$work/list"
}

# refuses COMPILER FLAGS: check that inexact flags are a compile-time error.
refuses() {
	compiler=$1 flags=$2
	# shellcheck disable=SC2086
	if $compiler $flags -I"$source/src" -fsyntax-only -x c \
		"$source/src/core/kernel.h" 2>/dev/null; then
		echo "$compiler $flags: accepted, but inexact" >&2
		failed=yes
	fi
}

# computes COMPILER FLAGS: check that configure's test of the arithmetic passes.
computes() {
	compiler=$1 flags=$2
	# shellcheck disable=SC2086
	$compiler $math $flags -o "$work/arithmetic" \
		"$source/tests/arithmetic.c"
	(cd "$work" && ./arithmetic) && return
	echo "$compiler $flags: $(cat "$work/conftest.arithmetic")" >&2
	failed=yes
}

# last_flag START COMMAND: print the last word of COMMAND beginning with START.
last_flag() {
	start=$1 command=$2 found=
	for word in $command; do
		case $word in
		"$start"*) found=$word ;;
		esac
	done
	echo "$found"
}

# keeps CFLAGS: check that make compiles every kernel with -O3 and without
# floating-point contraction, whatever CFLAGS are.
keeps() {
	cflags=$1 count=0 expected=1
	test -z "$avx2" || expected=$((expected + 1))
	test -z "$avx512" || expected=$((expected + 1))
	test -z "$neon" || expected=$((expected + 1))
	set --
	for file in "$source"/src/core/kernel_*.c; do
		set -- "$@" -W "$srcdir/src/core/$(basename "$file")"
	done
	${MAKE-make} -n V=1 "CFLAGS=$cflags" "$@" src/libkernel_portable.a \
		${avx2:+src/libkernel_avx2.a} \
		${avx512:+src/libkernel_avx512.a} \
		${neon:+src/libkernel_neon.a} >"$work/commands"
	while read -r command; do
		case $command in
		*' -c '*kernel_*.c*) ;;
		*) continue ;;
		esac
		test "$(last_flag -O "$command")" = -O3 &&
			test "$(last_flag -ffp-contract= "$command")" = \
				-ffp-contract=off &&
			count=$((count + 1)) && continue
		echo "wrong flags for a kernel: $command" >&2
		failed=yes
	done <"$work/commands"
	if test "$count" -eq "$expected"; then
		echo "  BUILDS   make CFLAGS='$cflags': kernels with -O3"
	else
		echo "make CFLAGS='$cflags': $count of $expected kernels with" \
			-O3 >&2
		failed=yes
	fi
}

failed=
first=
number=0
for compiler in gcc clang; do
	if ! command -v "$compiler" >/dev/null; then
		echo "  BUILDS   $compiler is not installed: skipped"
		continue
	fi
	for flags in -O0 '-O2 -std=c11' '-O3 -march=native'; do
		number=$((number + 1))
		computes "$compiler" "$flags"
		prepare "$number" "$compiler" "$flags" ''
	done
	if test ! -d "$work/base"; then
		flags=-O2 kernel_flags=''
		compile "$work/base" "$source"/src/base/*.c
	fi
	number=$((number + 1))
	prepare "$number" "$compiler" -O2 "-O2 -ffp-contract=fast $kept"
	refuses "$compiler" -Ofast
	refuses "$compiler" '-O2 -ffinite-math-only'
done
test "$number" -gt 0 || {
	echo 'builds: neither gcc nor clang is installed' >&2
	exit 1
}
run_jobs
link_all
compare_all
keeps '-g -O2'
keeps '-g -O0 -ffp-contract=fast'
test -z "$failed"
rm -rf "$work"
