# SPDX-License-Identifier: GPL-3.0-or-later
# Complete each line of standard input with the completion file $argv[1], as
# fish does. Print for each line `?' and the line, then the candidates.
source $argv[1]
or exit 1
while read -l line
	echo "? $line"
	complete -C "$line" | string replace -r -- '\t.*' ''
end
exit 0
