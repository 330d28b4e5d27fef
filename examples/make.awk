# SPDX-License-Identifier: GPL-3.0-or-later
# Write the example data of this folder; the output never varies:
#
#   awk -v what=NAME -f make.awk >FILE
#
# NAME is one of strokes, melody, temperatures, walk, lissajous, visitors,
# track, handwriting (CSV) and tale (text). The list names.txt was written by
# hand.

# Lehmer's generator, which gives the same numbers with every awk.
function uniform() {
	state = (state * 16807) % 2147483647
	return state / 2147483647
}

function normal() {
	return sqrt(-2 * log(uniform())) * cos(2 * pi * uniform())
}

# Pen strokes of handwritten eee: x and y of each point of the line.
function strokes(    s, t, size, slant, angle) {
	print "# pen strokes: x,y"
	for (s = 0; s < 60; s++) {
		size = 0.12 + 0.1 * uniform()
		slant = 0.3 * uniform()
		for (t = 0; t < 40; t++) {
			angle = 2 * pi * t / 10 - pi / 2
			printf "%.4f,%.4f\n", 0.05 + 0.02 * t + \
				size * 0.5 * cos(angle) + \
				slant * size * sin(angle), \
				0.5 + size * sin(angle)
		}
		print ""
	}
}

# Melodies that go up or down a scale, turn at random and end on the tonic:
# pitch in octaves and duration in whole notes.
function melody(    s, t, pitch, step, tone) {
	split("0 2 4 5 7 9 11 12", tone, " ")
	print "# a melody: pitch,duration"
	for (s = 0; s < 80; s++) {
		pitch = 1 + int(uniform() * 3)
		step = 1
		for (t = 0; t < 15; t++) {
			printf "%.4f,%.4f\n", tone[pitch] / 12, \
				t % 4 == 3 ? 0.5 : 0.25
			if (uniform() < 0.2)
				step = -step
			if (pitch + step < 1 || pitch + step > 8)
				step = -step
			pitch += step
		}
		printf "%.4f,%.4f\n\n", 0, 1
	}
}

# Temperatures of a year: 73 means over five days each, in tens of degrees.
function temperatures(    year, t, rest, mild) {
	print "# mean temperatures of five days each, from January on"
	for (year = 0; year < 40; year++) {
		mild = 0.1 * normal()
		rest = 0
		for (t = 0; t < 73; t++) {
			rest = 0.6 * rest + 0.15 * normal()
			printf "%.4f\n", 0.9 + mild + rest - \
				1.1 * cos(2 * pi * (t - 4) / 73)
		}
		print ""
	}
}

# A random walk plus a seasonal component with a period of twelve steps.
function walk(    s, t, level) {
	print "# a random walk with a season of 12"
	for (s = 0; s < 60; s++) {
		level = 0
		for (t = 0; t < 48; t++) {
			level += 0.04 * normal()
			printf "%.4f\n", level + \
				0.3 * sin(2 * pi * t / 12)
		}
		print ""
	}
}

# Visitors of each month: a trend, and a season that grows with it.
function visitors(    t, mean) {
	print "# visitors of a museum"
	print "month,visitors"
	for (t = 0; t < 144; t++) {
		mean = 110 * exp(t / 110)
		printf "%d-%02d,%d\n", 2012 + int(t / 12), t % 12 + 1, \
			mean * (1 - 0.2 * cos(2 * pi * (t - 1) / 12) + \
			0.08 * cos(4 * pi * t / 12) + 0.03 * normal())
	}
}

# A GPS receiver on laps around a lake: the time is no number.
function track(    lap, t, phase, radius, seconds) {
	print "# laps around a lake"
	print "time,latitude,longitude,elevation"
	for (lap = 0; lap < 24; lap++) {
		phase = 0.2 * normal()
		for (t = 0; t < 36; t++) {
			radius = 1 + 0.25 * sin(3 * (2 * pi * t / 36) + 1) + \
				0.02 * normal()
			seconds = 420 * lap + 11 * t
			printf "2024-05-04T%02d:%02d:%02dZ,%.6f,%.6f,%.1f\n", \
				8 + int(seconds / 3600), \
				int(seconds / 60) % 60, seconds % 60, \
				45.3 + 0.004 * radius * \
				sin(2 * pi * t / 36 + phase), \
				14.1 + 0.007 * radius * \
				cos(2 * pi * t / 36 + phase), \
				312 + 9 * sin(2 * pi * t / 36 + phase) + \
				0.4 * normal()
		}
		print ""
	}
}

# Draw to (x, y) of the letter at `left`; lift the pen there if up.
function pen(left, x, y, up) {
	x = left + 10 * x + 0.3 * normal()
	y = 10 * y + 0.3 * normal()
	printf "%.1f,%.1f,%d\n", x - pen_x, y - pen_y, up
	pen_x = x
	pen_y = y
}

# Words of three letters out of i, t, x and v, as offsets of the pen.
function handwriting(    s, k, left, letter) {
	print "# offsets of a pen: dx,dy,1 where the pen is lifted after it"
	print "dx,dy,lift"
	for (s = 0; s < 120; s++) {
		pen_x = pen_y = 0
		for (k = 0; k < 3; k++) {
			left = 12 * k
			letter = int(4 * uniform())
			if (letter == 0) { # i and its dot
				pen(left, 0.3, 0.6, 0)
				pen(left, 0.3, 0.3, 0)
				pen(left, 0.3, 0, 1)
				pen(left, 0.3, 0.9, 0)
				pen(left, 0.35, 0.9, 1)
			} else if (letter == 1) { # t and its bar
				pen(left, 0.4, 1, 0)
				pen(left, 0.4, 0.5, 0)
				pen(left, 0.5, 0, 1)
				pen(left, 0.1, 0.7, 0)
				pen(left, 0.7, 0.7, 1)
			} else if (letter == 2) { # x
				pen(left, 0, 0.6, 0)
				pen(left, 0.3, 0.3, 0)
				pen(left, 0.6, 0, 1)
				pen(left, 0.6, 0.6, 0)
				pen(left, 0, 0, 1)
			} else { # v
				pen(left, 0, 0.6, 0)
				pen(left, 0.15, 0.3, 0)
				pen(left, 0.3, 0, 0)
				pen(left, 0.45, 0.3, 0)
				pen(left, 0.6, 0.6, 1)
			}
		}
		print ""
	}
}

function lissajous(    s, t, phase, a, b) {
	print "# Lissajous figures: x,y"
	for (s = 0; s < 60; s++) {
		a = 1 + int(uniform() * 3)
		b = 1 + int(uniform() * 3)
		phase = pi * uniform()
		for (t = 0; t < 48; t++)
			printf "%.4f,%.4f\n", \
				0.5 + 0.45 * sin(a * 2 * pi * t / 48), \
				0.5 + 0.45 * sin(b * 2 * pi * t / 48 + phase)
		print ""
	}
}

function tale(    i, k, n, who, thing, where) {
	n = split("hare owl fox hen goat crow frog mole wren bear", who, " ")
	split("a silver button/the lamp of the mill/a saucer of milk/" \
		"the eye of a cat/a window in the wood/a coin in the well/" \
		"the moon in the pond/a root that glows/an egg in the grass/" \
		"the snow on the hill", thing, "/")
	split("in the field/in the oak/by the wall/in the yard/" \
		"on the rock/in the elm/by the pond/under the ground/" \
		"in the hedge/on the hill", where, "/")
	print "The Mouse Who Looked for the Moon\n"
	print "Once there was a mouse who had never seen the moon, for it"
	print "slept all night and ran all day. One evening it said: I will"
	print "not sleep, I will go and look for the moon.\n"
	for (i = 1; i <= n; i++) {
		print "So it went on and on, and it met the " who[i] " " \
			where[i] "."
		print "Good evening, " who[i] ", said the mouse. Have you " \
			"seen the moon?"
		print "I have seen " thing[i] ", said the " who[i] ", and it"
		print "was round and it was bright. Is that the moon?"
		print "No, said the mouse, that is " thing[i] "."
		for (k = i - 1; k > 0; k--)
			print "The " who[k] " has seen " thing[k] ","
		print "and none of us has seen the moon. Come with me and " \
			"look.\n"
	}
	print "So they all went up the hill, the mouse in front, and sat"
	print "down in the snow, and looked up. And there was the moon."
	print "It is rounder than " thing[1] ", said the " who[1] "."
	for (i = 2; i <= n; i++)
		print "It is brighter than " thing[i] ", said the " who[i] "."
	print "And the mouse said nothing at all, for it was asleep."
}

BEGIN {
	pi = atan2(0, -1)
	state = 20
	if (what == "strokes") strokes()
	else if (what == "melody") melody()
	else if (what == "temperatures") temperatures()
	else if (what == "walk") walk()
	else if (what == "lissajous") lissajous()
	else if (what == "visitors") visitors()
	else if (what == "track") track()
	else if (what == "handwriting") handwriting()
	else if (what == "tale") tale()
	else {
		print "make.awk: missing -v what=NAME (see the top)" \
			>"/dev/stderr"
		exit 2
	}
}
