#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Check the recipes of the packages, the menu entry, its metadata and its icon
# with the tools that this system has; say which it lacks.
#
# Usage: check.sh FOLDER PROGRAM [ARCHIVE]
#
# FOLDER is the top of the source, PROGRAM the built program. With the ARCHIVE
# of a release, the packages are also built of it, as far as this system can:
# into the folder packages beside it. The tests of the program run too if
# PACKAGE_TESTS is set and not empty.

# Functions are called by their names, as arguments of check.
# shellcheck disable=SC2317

set -u
cd "$1" || exit 1
program=$2
archive=${3:-}
no_tests=--nocheck
test -z "${PACKAGE_TESTS:-}" || no_tests=
failed=0
lacking=

scratch=$(mktemp -d) || exit 1
chmod 755 "$scratch"
trap 'rm -rf "$scratch"' EXIT

# check WHAT TOOL COMMAND...: run the command if the tool is installed.
check() {
	what=$1
	tool=$2
	shift 2
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "  -     $what: $tool is not installed"
		lacking="$lacking $tool"
	elif ("$@") >"$scratch/log" 2>&1; then
		echo "  ok    $what ($tool)"
	else
		echo "  FAIL  $what ($tool):"
		cat "$scratch/log"
		failed=1
	fi
}

same_icon() {
	data/icon.sh "$program" data >"$scratch/icon.svg" &&
		cmp "$scratch/icon.svg" data/lstmtui.svg
}

# Sizes of icons: all are drawn, and none is empty.
icon_sizes() {
	for size in 16 22 32 48 64 128 256; do
		rsvg-convert -w "$size" -h "$size" data/lstmtui.svg \
			-o "$scratch/icon.png" && test -s "$scratch/icon.png" ||
			return 1
	done
}

spec_is_clean() {
	rpmlint packaging/fedora/lstmtui.spec >"$scratch/rpmlint" 2>&1
	cat "$scratch/rpmlint"
	# Fedora's packages have had no such tag for many years.
	! grep -E ': [EW]: ' "$scratch/rpmlint" | grep -v no-buildroot-tag
}

# as_user COMMAND...: run as nobody if this is root: makepkg refuses root.
as_user() {
	if test "$(id -u)" -ne 0; then
		HOME=$scratch "$@"
	else
		chown -R nobody "$scratch" &&
			setpriv --reuid=nobody --regid=nogroup --clear-groups \
				env HOME="$scratch" "$@"
	fi
}

pkgbuild_is_read() {
	cp packaging/arch/PKGBUILD "$scratch" && cd "$scratch" &&
		as_user makepkg --printsrcinfo | grep 'pkgname = lstmtui'
}

nix_evaluates() {
	nix-instantiate --parse packaging/nix/package.nix >/dev/null &&
		nix-instantiate --eval --strict packaging/tests/recipe.nix
}

# ----------------------------------------------------------------------
# Builds of the archive

# filled FILE: print a recipe with the checksums of the archive.
filled() {
	sed -e "s/@SHA256@/$(sha256sum "$archive" | cut -d' ' -f1)/" \
		-e "s/@SHA512@/$(sha512sum "$archive" | cut -d' ' -f1)/" "$1"
}

# unpacked NAME: unpack the archive in a new folder of the scratch, and print
# the folder of the source.
unpacked() {
	mkdir "$scratch/$1" && tar -xzf "$archive" -C "$scratch/$1" &&
		echo "$scratch/$1/$(basename "$archive" .tar.gz)"
}

# trains PROGRAM: check that an installed program works.
trains() {
	"$1" train --quiet --force --seed 1 --updates 5 "$scratch/model" &&
		"$1" generate --quiet "$scratch/model" | grep ,
}

build_rpm() {
	mkdir -p "$scratch/rpm/SOURCES" &&
		cp "$archive" "$scratch/rpm/SOURCES" &&
		rpmbuild -bb --nodeps --define "_topdir $scratch/rpm" \
			${no_tests:+"$no_tests"} \
			packaging/fedora/lstmtui.spec &&
		package=$(find "$scratch/rpm/RPMS" -name 'lstmtui-0*.rpm') &&
		rpm -qlp "$package" && rpm -qip "$package" &&
		mkdir "$scratch/rpm/root" && cd "$scratch/rpm/root" &&
		rpm2cpio "$package" >../cpio && cpio -idm <../cpio &&
		trains usr/bin/lstmtui && cp "$package" "$packages"
}

# Do as abuild does: call these functions in this order, in the folder of the
# source, with these variables.
build_apk() {
	# shellcheck disable=SC1091,SC2034,SC2154
	tree=$(unpacked apk) && mkdir "$scratch/apk/root" &&
		filled packaging/alpine/APKBUILD >"$scratch/apk/APKBUILD" &&
		(
			pkgdir=$scratch/apk/root
			CBUILD=$(cc -dumpmachine)
			CHOST=$CBUILD
			. "$scratch/apk/APKBUILD"
			cd "$(dirname "$archive")" &&
				printf '%s' "$sha512sums" | sed '/^$/d' |
				sha512sum -c && cd "$tree" && set -e && build
			test -z "${PACKAGE_TESTS:-}" || check
			package
		) && trains "$scratch/apk/root/usr/bin/lstmtui"
}

build_arch() {
	mkdir "$scratch/arch" && cp "$archive" "$scratch/arch" &&
		filled packaging/arch/PKGBUILD >"$scratch/arch/PKGBUILD" &&
		cd "$scratch/arch" &&
		as_user makepkg --nodeps ${no_tests:+"$no_tests"} &&
		mkdir root && tar -xf lstmtui-*.pkg.tar* -C root &&
		trains root/usr/bin/lstmtui && cp lstmtui-*.pkg.tar* "$packages"
}

build_formula() {
	tree=$(unpacked brew) &&
		ruby packaging/tests/formula.rb packaging/homebrew/lstmtui.rb \
			"$tree" "$scratch/brew/prefix" &&
		trains "$scratch/brew/prefix/bin/lstmtui"
}

# ----------------------------------------------------------------------

check 'menu entry' desktop-file-validate \
	desktop-file-validate data/lstmtui.desktop
check 'AppStream metadata' appstreamcli appstreamcli validate --pedantic \
	--no-net data/org.example.lstmtui.metainfo.xml
check 'icon: the program draws it again' awk same_icon
check 'icon: all sizes' rsvg-convert icon_sizes
check 'Debian: changelog' dpkg-parsechangelog dpkg-parsechangelog
check 'Fedora: spec' rpmspec rpmspec -P packaging/fedora/lstmtui.spec
check 'Fedora: spec' rpmlint spec_is_clean
check 'Alpine: APKBUILD, syntax' sh sh -n packaging/alpine/APKBUILD
check 'Alpine: APKBUILD' shellcheck shellcheck -s sh -e SC2034,SC2154 \
	packaging/alpine/APKBUILD
check 'Arch: PKGBUILD, syntax' bash bash -n packaging/arch/PKGBUILD
check 'Arch: PKGBUILD' makepkg pkgbuild_is_read
check 'Homebrew: formula, syntax' ruby ruby -c packaging/homebrew/lstmtui.rb
check 'Homebrew: formula' ruby ruby packaging/tests/formula.rb \
	packaging/homebrew/lstmtui.rb
check 'Nix: recipe' nix-instantiate nix_evaluates
check 'Guix: recipe' guile guile --no-auto-compile \
	packaging/tests/recipe.scm packaging/guix/lstmtui.scm

if test -n "$archive"; then
	packages=$(dirname "$archive")/packages
	mkdir -p "$packages" || exit 1
	check 'Fedora: build' rpmbuild build_rpm
	check 'Alpine: build, with this compiler' cc build_apk
	check 'Arch: build' makepkg build_arch
	check 'Homebrew: build, without brew' ruby build_formula
fi

test -z "$lacking" || echo "not checked, without:$lacking"
exit $failed
