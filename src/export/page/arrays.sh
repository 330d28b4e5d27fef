#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Write the files of the page as C arrays, to standard output.
#
# Usage: arrays.sh FOLDER, that of the files.

set -eu
cd "$1"
# Signs beside which a script needs no blank.
script='=<>?:&|,;{}()[]*!+-/%'

# plain FILE...: the files as they are.
plain() {
	cat "$@"
}

# bare SIGNS FILE...: shortened. The network is to be read in a page, the rest
# here.
bare() {
	signs=$1
	shift
	LC_ALL=C awk -v signs="$signs" -f squeeze.awk "$@"
}

# array NAME: standard input as an array and its size.
array() {
	echo "const unsigned char page_$1[] = {"
	od -An -v -t u1 | sed 's/  *\([0-9][0-9]*\)/\1,/g'
	echo "};"
	echo "const size_t page_$1_size = sizeof page_$1;"
}

echo "/* Made by src/export/page/arrays.sh; edit the files of that folder. */"
echo '#include "export/page_files.h"'
plain page.html | array html
bare '{}:;,' page.css | array style
{
	plain model.js
	bare "$script" generate.js points.js inspect.js draw.js \
		draw_points.js loss.js inside.js page_points.js page.js
} | array points
{
	plain model.js
	bare "$script" generate.js text.js inspect.js draw.js loss.js \
		inside.js page_text.js page.js
} | array text
