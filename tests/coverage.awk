# SPDX-License-Identifier: GPL-3.0-or-later
# Print a table from the output of gcov -n: lines of each source file, their
# coverage, and a mark if it is below `least` percent.

/^File / {
	file = $2
	gsub(/'/, "", file)
	sub(/.*\/src\//, "src/", file)
}

/^Lines executed:/ && file ~ /^src\/.*\.c$/ {
	split($2, part, /[:%]/)
	lines[file] = $4
	reached[file] = part[2] * $4 / 100
	file = ""
}

END {
	for (file in lines) {
		rate = 100 * reached[file] / lines[file]
		printf "%-32s %5d %6.1f %%%s\n", file, lines[file], rate,
			rate < least ? "  <" least : "" | "sort"
		all += lines[file]
		all_reached += reached[file]
	}
	close("sort")
	printf "%-32s %5d %6.1f %%\n", "all", all, 100 * all_reached / all
}
