# SPDX-License-Identifier: GPL-3.0-or-later
# Shorten scripts and styles: without indentation, blank lines, comments on
# lines of their own, and blanks beside the signs of SIGNS; a statement or a
# rule is a line. Quoted text stays; it must end on its line. A regular
# expression must hold no quote and no blank, a statement must end with ; or }.
#
# Usage: awk -v signs=SIGNS -f squeeze.awk FILE...

BEGIN {
	quotes = "'\"`"
	opening = "([{,=?:&|+>"
	closing = ")]}.?:&|+"
	last = "("
}

{
	gsub(/^[ \t]+/, "")
}

/^\/\*/ {
	is_comment = 1
}

!is_comment && $0 != "" {
	if (!index(opening, last) && !index(closing, substr($0, 1, 1)))
		printf "\n"
	printf "%s", squeezed($0)
	last = substr($0, length($0), 1)
}

/\*\/$/ {
	is_comment = 0
}

END {
	printf "\n"
}

function squeezed(line,    i, c, result, quote, before) {
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (quote != "") {
			if (c == quote)
				quote = ""
		} else if (index(quotes, c)) {
			quote = c
		} else if (c == " " && (index(signs, before) ||
			index(signs, substr(line, i + 1, 1)))) {
			continue
		}
		result = result c
		before = c
	}
	return result
}
