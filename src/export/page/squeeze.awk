# SPDX-License-Identifier: GPL-3.0-or-later
# Shorten scripts and styles: without indentation, blank lines, comments on
# lines of their own, and blanks beside the signs of SIGNS. Quoted text stays;
# it must end on its line. A regular expression must hold no quote and no
# blank. The lines stay, so that errors can be found.
#
# Usage: awk -v signs=SIGNS -f squeeze.awk FILE...

BEGIN {
	quotes = "'\"`"
}

{
	gsub(/^[ \t]+/, "")
}

/^\/\*/ {
	is_comment = 1
}

!is_comment && $0 != "" {
	print squeezed($0)
}

/\*\/$/ {
	is_comment = 0
}

function squeezed(line,    i, c, result, quote, last) {
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (quote != "") {
			if (c == quote)
				quote = ""
		} else if (index(quotes, c)) {
			quote = c
		} else if (c == " " && (index(signs, last) ||
			index(signs, substr(line, i + 1, 1)))) {
			continue
		}
		result = result c
		last = c
	}
	return result
}
