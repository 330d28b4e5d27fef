#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What every file that git tracks keeps to, data aside:
#
#   a line "SPDX-License-Identifier: GPL-3.0-or-later"
#   lines of at most 80 columns, with tabs to every eighth
#   no blanks at the end of a line, a newline at the end of the file
#   no misspelt words (codespell, .codespellrc)
#
# Usage: style.sh FOLDER, the top of the working tree.

set -u
cd "$1" || exit 1
license='SPDX-License-Identifier: GPL-3.0-or-later'

# tracked PATTERN...: the tracked files that match none of the patterns of
# grep: data and the license, which are what they are.
tracked() {
	git ls-files --cached --others --exclude-standard |
		grep -v -e '^COPYING$' -e '^tests/data/' \
			-e '^tests/fuzz/corpus/' -e '^examples/.*\.csv$' \
			-e '^examples/tale\.txt$' "$@"
}

failed=0
# complain LINES: print them, if there are any.
complain() {
	test -z "$1" || {
		printf '%s\n' "$1" >&2
		failed=1
	}
}

test -n "$(tracked -e '^$')" || {
	echo "style.sh: no tracked files in $1" >&2
	exit 1
}

complain "$(tracked -e '^$' | xargs grep -L "$license" |
	sed "s/\$/: no line $license/")"

# configure.ac holds messages that m4 cannot break into lines. In the C locale
# a character of UTF-8 is its first byte and bytes from 128 to 191.
# The program of awk has $ of its own.
# shellcheck disable=SC2016
complain "$(tracked -e '^configure\.ac$' | LC_ALL=C xargs awk '
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
		printf "%s:%d: blanks at the end\n", FILENAME, FNR
	}')"

complain "$(tracked -e '^$' | while IFS= read -r file; do
	test -z "$(tail -c 1 "$file")" ||
		echo "$file: no newline at the end"
done)"

# shellcheck disable=SC2046
codespell $(tracked -e '^$') || failed=1

exit $failed
