#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same numbers with every build: compile the core with several compilers
# and flags, train, and compare the weights bit by bit. The kernels of certain
# processors are compiled as configure says, with the flags behind theirs. The
# last build of a compiler is as a distribution makes it, with CFLAGS of its
# own before those that the kernels keep; and make is asked for the command
# lines that it would use there.
#
# builds.sh SOURCE FOLDER MATH_CFLAGS AVX2_CFLAGS AVX512_CFLAGS KERNEL_CFLAGS
# SOURCE is the source folder as FOLDER's Makefile names it, FOLDER the build
# folder; it takes a folder `builds`. The flags of a kernel that is not
# compiled are empty. make is $MAKE; LIBRARY_CFLAGS and LIBRARY_LIBS are those
# of the libraries that src/base uses.

set -eu
includes=${LIBRARY_CFLAGS-} libs=${LIBRARY_LIBS--lutf8proc}
folder=$2 math=$3 avx2=$4 avx512=$5 kept=$6
cd "$folder"
srcdir=$1 source=$(cd "$1" && pwd)
work=$folder/builds
rm -rf "$work"
mkdir -p "$work"

# compile TO FILE...: objects into the folder TO, by $compiler with $flags, and
# $kernel_flags behind them for kernels.
compile() {
	to=$1
	shift
	mkdir -p "$to"
	for file in "$@"; do
		own='' last=''
		case $file in
		*/kernel_avx2.c) own=$avx2 ;;
		*/kernel_avx512.c) own=$avx512 ;;
		*) own=' ' ;;
		esac
		test -n "$own" || continue
		case $file in
		*/kernel_*.c) last=$kernel_flags ;;
		esac
		# words apart: these are lists of flags
		# shellcheck disable=SC2086
		$compiler -D_GNU_SOURCE -include "$folder/config.h" \
			-I"$source/src" -I"$source/tests" \
			$includes $math $own $flags $last \
			-c -o "$to/$(basename "$file" .c).o" "$file"
	done
}

# build NAME COMPILER FLAGS KERNEL_FLAGS: objects, those of kernels with the
# second flags behind the first, then a program that prints its bits.
build() {
	name=$1 compiler=$2 flags=$3 kernel_flags=$4
	mkdir "$work/$name"
	compile "$work/$name/base" "$source"/src/base/*.c
	# of these only what the core uses is linked
	ar cr "$work/$name/base.a" "$work/$name"/base/*.o
	compile "$work/$name" "$source"/src/core/*.c \
		"$source"/tests/bits.c "$source"/tests/builds.c
	# words apart: these are lists of flags
	# shellcheck disable=SC2086
	$compiler $flags -o "$work/$name/builds" "$work/$name"/*.o \
		"$work/$name/base.a" $libs -lm -lpthread
	"$work/$name/builds" >"$work/$name.bits"
	shown=${kernel_flags:+, kernels $kernel_flags}
	if cmp -s "$work/first.bits" "$work/$name.bits" ||
		test ! -e "$work/first.bits"; then
		echo "  BUILDS   $compiler $flags$shown: the same bits"
	else
		echo "$compiler $flags$shown: other bits than $first" >&2
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

# last_flag START COMMAND: the command's last word that begins so.
last_flag() {
	start=$1 command=$2 found=
	for word in $command; do
		case $word in
		"$start"*) found=$word ;;
		esac
	done
	echo "$found"
}

# keeps CFLAGS: that make compiles every kernel with -O3 and without fusing,
# whatever it is given.
keeps() {
	cflags=$1 count=0 expected=1
	test -z "$avx2" || expected=$((expected + 1))
	test -z "$avx512" || expected=$((expected + 1))
	set --
	for file in "$source"/src/core/kernel_*.c; do
		set -- "$@" -W "$srcdir/src/core/$(basename "$file")"
	done
	${MAKE-make} -n V=1 "CFLAGS=$cflags" "$@" src/libkernel_portable.a \
		${avx2:+src/libkernel_avx2.a} \
		${avx512:+src/libkernel_avx512.a} >"$work/commands"
	while read -r command; do
		case $command in
		*' -c '*kernel_*.c*) ;;
		*) continue ;;
		esac
		test "$(last_flag -O "$command")" = -O3 &&
			test "$(last_flag -ffp-contract= "$command")" = \
				-ffp-contract=off &&
			count=$((count + 1)) && continue
		echo "a kernel is compiled by $command" >&2
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
		echo "  BUILDS   no $compiler: left out"
		continue
	fi
	for flags in -O0 '-O2 -std=c11' '-O3 -march=native'; do
		number=$((number + 1))
		computes "$compiler" "$flags"
		build "$number" "$compiler" "$flags" ''
	done
	number=$((number + 1))
	build "$number" "$compiler" -O2 "-O2 -ffp-contract=fast $kept"
	refuses "$compiler" -Ofast
	refuses "$compiler" '-O2 -ffinite-math-only'
done
test -n "$first" || { echo 'builds: neither gcc nor clang' >&2; exit 1; }
keeps '-g -O2'
keeps '-g -O0 -ffp-contract=fast'
test -z "$failed"
rm -rf "$work"
