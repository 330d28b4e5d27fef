# SPDX-License-Identifier: GPL-3.0-or-later
# Compose the icon of drawings: points X,Y, a blank line after each drawing, the
# earliest first. See icon.sh.

BEGIN {
	FS = ","
	size = 128
	left = 20   # of the corner 0,0
	bottom = 108
	scale = 176 # of a unit of the drawings
	count = split("#5b5f97 #6a6fb5 #4f97c9 #45c4b0 #f4f1de", colours, " ")
	split("6 6 6 6 8", widths, " ")

	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	print "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->"
	print "<!-- Made by data/icon.sh: do not edit. -->"
	print "<svg xmlns=\"http://www.w3.org/2000/svg\""
	printf "\twidth=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", \
		size, size, size, size
	print "<title>lstmtui</title>"
	printf "<rect width=\"%d\" height=\"%d\" rx=\"28\"", size, size
	print " fill=\"#1b1d2e\"/>"
	print "<g fill=\"none\" stroke-linejoin=\"round\">"
}

NF == 2 {
	x = left + scale * $1
	y = bottom - scale * $2
	points = points sprintf("%s%.1f,%.1f", points == "" ? "" : " ", x, y)
	corners = corners sprintf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"9\"/>\n",
		x, y)
	next
}

# The end of a drawing; only the last one shows its points.
{
	drawing++
	printf "<polygon stroke=\"%s\" stroke-width=\"%d\"\n", \
		colours[drawing], widths[drawing]
	printf "\tpoints=\"%s\"/>\n", points
	last = corners
	points = ""
	corners = ""
}

END {
	if (drawing != count)
		exit 1
	print "</g>"
	print "<g fill=\"#ffb84d\">"
	printf "%s", last
	print "</g>"
	print "</svg>"
}
