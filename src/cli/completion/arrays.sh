#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Write the code of the completion in each shell as C arrays, to standard
# output. The lines of the licence and of comments before the first line of code
# are left out: the tables come before it.
#
# Usage: arrays.sh FOLDER, that of the files.

set -eu
cd "$1"
echo '/* Made by src/cli/completion/arrays.sh; edit the files there. */'
echo '#include "cli/completion_syntax.h"'
for shell in bash fish zsh; do
	echo "const unsigned char completion_code_${shell}[] = {"
	awk '/^[^#]/ { begun = 1 } begun' "lstmtui.$shell" |
		od -An -v -t u1 | sed 's/  *\([0-9][0-9]*\)/\1,/g'
	echo '};'
	echo "const size_t completion_code_${shell}_size ="
	echo "	sizeof completion_code_$shell;"
done
