#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Make the files of a release of its archive: the archive, the recipes of the
# packages with its checksums, the Debian package, and SHA256SUMS of them all,
# in a new folder.
#
# Usage: release.sh SOURCE ARCHIVE FOLDER
#
# SOURCE is the top of the source, ARCHIVE the file of `make dist`. Without
# dpkg-buildpackage there is no Debian package. DEB_BUILD_OPTIONS is passed on.

set -eu
source=$1
archive=$2
folder=$3

name=$(basename "$archive" .tar.gz)
version=${name#lstmtui-}
sum() {
	"$1" "$archive" | cut -d' ' -f1
}
sha256=$(sum sha256sum)
sha512=$(sum sha512sum)

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cp "$archive" "$folder"

for recipe in fedora/lstmtui.spec alpine/APKBUILD arch/PKGBUILD \
	homebrew/lstmtui.rb nix/package.nix guix/lstmtui.scm; do
	mkdir -p "$folder/packaging/${recipe%/*}"
	sed -e "s/@SHA256@/$sha256/" -e "s/@SHA512@/$sha512/" \
		"$source/packaging/$recipe" >"$folder/packaging/$recipe"
done

if command -v dpkg-buildpackage >/dev/null 2>&1; then
	mkdir "$folder/debian"
	cp "$archive" "$folder/debian/lstmtui_$version.orig.tar.gz"
	tar -xzf "$archive" -C "$folder/debian"
	cp -R "$source/debian" "$folder/debian/$name"
	# left by builds in the source
	rm -rf "$folder/debian/$name/debian/build" \
		"$folder/debian/$name/debian/lstmtui" \
		"$folder/debian/$name/debian/.debhelper"
	(cd "$folder/debian/$name" && dpkg-buildpackage -us -uc) \
		>"$folder/debian/build.log" 2>&1 || {
		tail -n 50 "$folder/debian/build.log" >&2
		exit 1
	}
	rm -rf "${folder:?}/debian/$name"
else
	echo 'release.sh: no dpkg-buildpackage, no Debian package' >&2
fi

(cd "$folder" && find . -type f ! -name '*.log' | LC_ALL=C sort |
	sed 's|^\./||' | xargs sha256sum) >"$folder.sums"
mv "$folder.sums" "$folder/SHA256SUMS"
(cd "$folder" && sha256sum --quiet -c SHA256SUMS)
echo "release.sh: lstmtui $version is in $folder"
