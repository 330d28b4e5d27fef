#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Check the style of every file that git tracks, except data:
#
#   a line "SPDX-License-Identifier: GPL-3.0-or-later"
#   lines of at most 80 columns, with tab stops every 8 columns
#   no trailing blanks, a newline at the end of the file
#   no misspelt words (codespell, .codespellrc)
#   the screen in the README is that of doc/lesson.txt
#
# Usage: style.sh FOLDER, the top of the working tree.

set -u
cd "$1" || exit 1
license='SPDX-License-Identifier: GPL-3.0-or-later'

# tracked PATTERN...: print the tracked files, except data, pictures of screens,
# the license, files of the Debian package that admit no comment, and files that
# match a pattern of grep.
tracked() {
	git ls-files --cached --others --exclude-standard |
		grep -v -e '^COPYING$' -e '^tests/data/' \
			-e '^tests/fuzz/corpus/' -e '^examples/.*\.csv$' \
			-e '^examples/.*\.txt$' \
			-e '^doc/.*\.png$' -e '^doc/.*\.txt$' \
			-e '^debian/changelog$' -e '^debian/copyright$' \
			-e '^debian/source/format$' "$@"
}

failed=0
# complain LINES: print the lines unless empty, and fail at the end.
complain() {
	test -z "$1" || {
		printf '%s\n' "$1" >&2
		failed=1
	}
}

test -n "$(tracked -e '^$')" || {
	echo "style.sh: no files tracked by git in $1" >&2
	exit 1
}

awk -v screen=doc/lesson.txt -f tests/readme_screens.awk README |
	cmp -s - README ||
	complain "README: its screen is not doc/lesson.txt: make readme-screens"

complain "$(tracked -e '^$' | xargs grep -L "$license" |
	sed "s/\$/: missing line $license/")"

# configure.ac is exempt: m4 cannot break its messages into lines. In the C
# locale a UTF-8 character is its first byte and continuation bytes 128 to 191.
# The $ in the awk program are awk's own.
# shellcheck disable=SC2016
complain "$(tracked -e '^configure\.ac$' -e '^po/.*\.po' | LC_ALL=C xargs awk '
	{
		line = $0
		gsub(/[\200-\277]/, "", line)
		columns = 0
		for (i = 1; i <= length(line); i++)
			columns += substr(line, i, 1) == "\t" ? \
				8 - columns % 8 : 1
		if (columns > 80)
			printf "%s:%d: %d columns\n", FILENAME, FNR, columns
	}
	/[ \t\r]$/ {
		printf "%s:%d: trailing blanks\n", FILENAME, FNR
	}')"

complain "$(tracked -e '^$' | while IFS= read -r file; do
	test -z "$(tail -c 1 "$file")" ||
		echo "$file: no newline at the end"
done)"

# shellcheck disable=SC2046
codespell $(tracked -e '^po/.*\.po$') || failed=1

exit $failed
