# SPDX-License-Identifier: GPL-3.0-or-later
# Write the example data of this folder; the output never varies:
#
#   awk -v what=NAME -f make.awk >FILE
#
# NAME is one of strokes, melody, temperatures, walk, lissajous (CSV) and
# tale (text).

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
	else if (what == "tale") tale()
	else {
		print "make.awk: missing -v what=NAME (see the top)" \
			>"/dev/stderr"
		exit 2
	}
}
