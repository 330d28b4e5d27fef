#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Check that the working tree is ready for a release: no uncommitted changes,
# the same version in configure.ac, NEWS, the manual and the packages, the same
# date in NEWS and the manual, and no tag for the version yet.
#
# Usage: release.sh FOLDER, the top of the working tree.

set -u
cd "$1" || exit 1

failed=0
complain() {
	echo "release.sh: $*" >&2
	failed=1
}

version=$(sed -n 's/^AC_INIT(\[lstmtui\], \[\(.*\)\])$/\1/p' configure.ac)
# "lstmtui VERSION (DATE)", and the manual's .Dd MONTH DAY, YEAR
news=$(sed -n 1p NEWS)
news_version=$(echo "$news" | sed -n 's/^lstmtui \([^ ]*\) (.*)$/\1/p')
news_date=$(echo "$news" | sed -n 's/^.* (\(....-..-..\))$/\1/p')
manual_version=$(sed -n 's/^\.Os lstmtui //p' man/lstmtui.1)
manual_date=$(sed -n 's/^\.Dd //p' man/lstmtui.1)

case $version in
[0-9]*.[0-9]*.[0-9]*) ;;
*) complain "configure.ac: version '$version' is not MAJOR.MINOR.PATCH" ;;
esac
case $version in
*[!0-9.]*) complain "configure.ac: '$version' is no release version" ;;
esac
test "$news_version" = "$version" ||
	complain "NEWS: '$news' is not version $version"
test "$manual_version" = "$version" ||
	complain "man/lstmtui.1: .Os has '$manual_version', not $version"
if date=$(LC_ALL=C date -d "$news_date" '+%B %-d, %Y' 2>/dev/null) &&
	test -n "$news_date"; then
	test "$manual_date" = "$date" ||
		complain "man/lstmtui.1: .Dd $manual_date, but NEWS has $date"
else
	complain "NEWS: no date (YYYY-MM-DD) in '$news'"
fi

# same FILE VERSION: the file of a package must have this version
same() {
	test "$2" = "$version" || complain "$1: version '$2', not $version"
}
# FILE, and the sed program that prints its version
recipe() {
	same "$1" "$(sed -n "$2" "$1" | head -n 1)"
}
recipe debian/changelog 's/^lstmtui (\(.*\)-[^-]*).*/\1/p'
recipe data/org.example.lstmtui.metainfo.xml \
	's/.*release version="\([^"]*\).*/\1/p'
recipe packaging/fedora/lstmtui.spec 's/^Version: *//p'
recipe packaging/alpine/APKBUILD 's/^pkgver=//p'
recipe packaging/alpine/APKBUILD 's/.*@  lstmtui-\(.*\)\.tar.*/\1/p'
recipe packaging/arch/PKGBUILD 's/^pkgver=//p'
recipe packaging/homebrew/lstmtui.rb 's/.*lstmtui-\(.*\)\.tar.*/\1/p'
recipe packaging/nix/package.nix 's/^  version = "\(.*\)";/\1/p'
recipe packaging/guix/lstmtui.scm 's/.*(version "\(.*\)").*/\1/p'

if grep -n -i 'unreleased' NEWS >&2; then
	complain 'NEWS: an entry is marked as unreleased'
fi
test -z "$(git status --porcelain)" ||
	complain 'the working tree has uncommitted changes'
if git rev-parse -q --verify "refs/tags/v$version" >/dev/null; then
	complain "the tag v$version exists already"
fi

exit $failed
