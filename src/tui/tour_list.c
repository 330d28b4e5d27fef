/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scenes of the guided tour. The seeds and the numbers of updates are
 * chosen so that tests/check_tour.c finds what the captions say.
 */
#include "base/translate.h"
#include "tui/tour.h"

/* clang-format off */
#define FILM {"film", N_("film of earlier drawings")}
#define SLOWLY {"generate", N_("draw slowly")}
#define INSIDE {"inside", N_("look inside")}
#define AGAIN {"reset", N_("reset")}
#define CUT {"memory", N_("cut the memory")}
#define ANOTHER {"generate", N_("another drawing")}
#define MANY {"cloud", N_("many at once")}
/* clang-format on */

#define NEXT(word)                 \
	{                          \
		"next-scene", word \
	}

#define SKEWED                                                                \
	"--task rectangle-skew --framing sequence --batch 20 --updates 6000 " \
	"--speed 1000 --seed 3 --loss "
#define TALE "--task text --data builtin:tale --units 64 --batch 5 --seed 7 "

const struct tour_scene tour_list[] = {
	{
		.number = 1,
		.title = N_("The lesson"),
		.options = "--seed 1 --updates 10000 --speed 1000",
		.watch = N_(
			"Given a corner of a rectangle, the network predicts "
			"the next one. Watch the loss fall at the left and the "
			"drawing change at the right."),
		.seen = N_(
			"Fed with its own predictions, the network draws a "
			"rectangle. The average stays above the dotted line, "
			"1/12: nobody can guess a random size."),
		.more = N_(
			"Each update shows one random rectangle and moves the "
			"weights a little against the error. The drawing "
			"starts at the origin."),
		.keys = {NEXT(N_("what does not learn")), AGAIN, SLOWLY, FILM},
	},
	{
		.number = 2,
		.title = N_("430 frozen parameters"),
		.options = "--seed 1 --updates 4000 --speed 1000",
		.watch = N_(
			"In one-to-one each step starts from an empty state, "
			"so 430 of the 542 parameters never get a gradient. "
			"Only 112 learn."),
		.seen = N_(
			"After 4,000 updates 430 have their first value still: "
			"the recurrent weights and forget gate, which work on "
			"a state. In sequence they move."),
		.more = N_(
			"That state is zero here: nothing to multiply, nothing "
			"to forget, so no gradient. Enter learns the same in "
			"sequence, where the state goes on."),
		.measure = tour_measure_moved,
		.part = tour_part_moved,
		.part_name = "one-to-one",
		.comparison = N_("Moved"),
		.keys = {NEXT(N_("the same in sequence")), INSIDE, AGAIN,
			SLOWLY},
	},
	{
		.number = 2,
		.title = N_("All 542 parameters learn"),
		.options = "--framing sequence --seed 1 --updates 4000 "
			   "--speed 1000",
		.watch = N_(
			"The same network, the same seed, but framing "
			"sequence: "
			"the state goes on from corner to corner, so all 542 "
			"parameters get a gradient."),
		.seen = N_("After 4,000 updates all 542 parameters have moved, "
			   "the recurrent weights and the forget gate among "
			   "them."),
		.more = N_(
			"The gradient now flows back through the steps of the "
			"whole rectangle: backpropagation through time."),
		.measure = tour_measure_moved,
		.part = tour_part_moved,
		.part_name = "sequence",
		.keys = {NEXT(N_("what memory is for")), INSIDE, AGAIN, SLOWLY},
	},
	{
		.number = 3,
		.title = N_("Memory: a star without"),
		.options = "--task star --seed 3 --updates 8000 --speed 1000",
		.watch = N_(
			"A star, in one-to-one: the network sees one corner "
			"and must say the next. It cannot know how many came "
			"before."),
		.seen = N_("No star. From one corner alone the network cannot "
			   "know how many corners came before it, so it cannot "
			   "know which way to go on."),
		.more = N_(
			"Training longer does not help: what is missing is not "
			"practice but memory. Enter gives the network one."),
		.measure = tour_measure_error,
		.part = tour_part_error,
		.part_name = "one-to-one",
		.comparison = N_("Error"),
		.keys = {NEXT(N_("the same with memory")), AGAIN, SLOWLY, FILM},
	},
	{
		.number = 3,
		.title = N_("Memory: a star with"),
		.options = "--task star --framing sequence --seed 3 "
			   "--updates 12000 --speed 1500",
		.watch = N_(
			"The same task in the framing sequence: the state of "
			"the cells is carried from corner to corner. Watch the "
			"star appear."),
		.seen = N_(
			"A star. Its error is less than a tenth of the one "
			"without memory: the state tells which corner is next. "
			"m cuts the memory."),
		.measure = tour_measure_memory,
		.part = tour_part_memory,
		.part_name = "sequence",
		.more = N_("Nothing else has changed: the same cells, the same "
			   "seed, the same stars. What is new is the state."),
		.keys = {CUT, SLOWLY, INSIDE},
	},
	{
		.number = 4,
		.title = N_("Why mae draws the median"),
		.options = SKEWED "mae",
		.watch = N_(
			"The widths of these rectangles are squares of random "
			"numbers: many are small, some large. Their median is "
			"1/4, their mean is 1/3."),
		.seen = N_(
			"The drawing is 1/4 wide and high, the median: half of "
			"the widths are below it, half above. There the mean "
			"absolute error is least."),
		.more = N_(
			"It is the same drawing each time: this network has no "
			"chance in it. Enter learns the same rectangles with "
			"the squared error."),
		.measure = tour_measure_drawing,
		.part = tour_part_drawing,
		.part_name = "mae",
		.comparison = N_("Widths"),
		.keys = {NEXT(N_("the same with mse")), SLOWLY, AGAIN, FILM},
	},
	{
		.number = 4,
		.title = N_("Why mse draws the mean"),
		.options = SKEWED "mse",
		.watch = N_(
			"The same rectangles, the squared error: a miss of "
			"twice the size costs four times as much, so the few "
			"large ones weigh more."),
		.seen = N_(
			"The drawing is larger, about 1/3 by 1/3: the squared "
			"error is least at the mean. Still one answer, which "
			"hardly any rectangle has."),
		.more = N_(
			"Neither loss is wrong: each answers another question. "
			"Enter lets the network answer with a whole "
			"distribution."),
		.measure = tour_measure_drawing,
		.part = tour_part_drawing,
		.part_name = "mse",
		.keys = {NEXT(N_("the same with mixture")), SLOWLY, AGAIN,
			FILM},
	},
	{
		.number = 4,
		.title = N_("A mixture draws them all"),
		.options = SKEWED "mixture",
		.watch = N_("Now the network predicts a density, a mixture of "
			    "Gaussians, and draws from it: every drawing is "
			    "another rectangle."),
		.seen = N_("Many drawings are small and some large, as in the "
			   "data: the mean of their widths is near 1/3, their "
			   "median less."),
		.more = N_(
			"The loss is the negative logarithm of the density at "
			"the truth, so it can fall below zero."),
		.measure = tour_measure_drawings,
		.part = tour_part_drawings,
		.part_name = "mixture",
		.keys = {ANOTHER, MANY, AGAIN},
	},
	{
		.number = 5,
		.title = N_("True generation"),
		.options = "--loss mixture --framing sequence --batch 10 "
			   "--seed 1 --updates 8000 --speed 1000",
		.watch = N_(
			"Rectangles of all sizes, learnt as a density. Once it "
			"has learnt, each drawing is a new rectangle, not a "
			"copy of one that it saw."),
		.seen = N_(
			"Every drawing is another rectangle; widths and "
			"heights are spread from 0 to 1, as those of the data "
			"are."),
		.more = N_(
			"The first corner is given; the width is drawn, then "
			"the height; the last corners follow from the memory "
			"of both, so that the sides meet."),
		.measure = tour_measure_drawings,
		.keys = {ANOTHER, MANY, AGAIN},
	},
	{
		.number = 6,
		.title = N_("A text learns words"),
		.options = TALE "--updates 3000 --speed 300",
		.watch =
			N_("The network reads a tale, a letter at a time, and "
			   "writes at the right: first letters at random, then "
			   "syllables, then words."),
		.seen = N_(
			"Most of what it writes are words of the tale, though "
			"nobody told it what a word is: it only ever predicted "
			"the next letter."),
		.more = N_(
			"The dotted lines are the losses of guessing any "
			"letter, of knowing how frequent letters are, and "
			"pairs of letters. Below the last one it knows more."),
		.measure = tour_measure_words,
		.keys = {{"write", N_("write a page")},
			{"warmer", N_("warmer")}, INSIDE},
	},
	{
		.number = 7,
		.title = N_("Overfitting"),
		.options = TALE "--updates 4000 --speed 500",
		.watch = N_(
			"Longer on the same small tale. A tenth of it is kept "
			"from training; the loss on that part is the "
			"validation. It falls, and then it rises."),
		.seen = N_(
			"It knows the tale by heart, and the rest is far above "
			"its best. What to do: stop at the best, use more "
			"text, fewer units or --dropout."),
		.more = N_(
			"The training loss is near zero, the validation has "
			"risen. With a MODEL the program keeps the best model "
			"in a file of its own, to go on from."),
		.measure = tour_measure_validation,
		.keys = {{"update-axis", N_("axis of updates")},
			{"loss-axis", N_("axis of the loss")}, INSIDE},
	},
	{
		.number = 8,
		.title = N_("Forget gates as a clock"),
		.options = "--task star --framing sequence --seed 3 "
			   "--updates 12000 --speed 1500",
		.watch = N_(
			"To draw a star the network must know at which corner "
			"it is. Nobody gives it a counter. Watch the star "
			"appear."),
		.seen = N_(
			"A cell climbs at each of the nine steps, like a "
			"clock: its forget gate f is near 1, so that it keeps "
			"what it has and each step adds to it."),
		.more = N_(
			"The state of a cell is c = f * c + i * g. Measured: c "
			"at the nine steps of the drawing, and the mean of f."),
		.measure = tour_measure_clock,
		.keys = {INSIDE, CUT, SLOWLY},
	},
	{0},
};
