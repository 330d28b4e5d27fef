# SPDX-License-Identifier: GPL-3.0-or-later
# Replace the screen in the README by the text in the file `screen`: the lines
# from the title bar of the program to its key bar.
/^ .* learn  .*(running|paused|finished)$/ {
	while ((getline line < screen) > 0)
		print line
	skips = 1
}
!skips
/^ Space / { skips = 0 }
