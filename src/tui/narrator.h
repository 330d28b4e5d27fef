/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The narrator says in one line what is seen, and in another what to try. It
 * says only what is known from the settings or was measured: each line of its
 * table has a condition, and the first line whose condition holds is shown.
 *
 * While a run trains, a value near a threshold would let two lines alternate.
 * So a line is shown only if it has been true for some time, except the last
 * line of the table, which is always true.
 */
#ifndef LSTMTUI_TUI_NARRATOR_H
#define LSTMTUI_TUI_NARRATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inspect/text_features.h"
#include "run/run_view.h"
#include "tui/live_steps.h"

struct action;
struct app;
struct ghost;
struct live_steps;
struct microscope;

enum {
	NARRATOR_TEXT_SIZE = 400,
	NARRATOR_CHARACTER_SIZE = 32,
	/* max columns of a line */
	NARRATOR_COLUMNS = 77,
	NARRATOR_LINES_MAX = 64
};

/* How long a line must have been true before it is shown while training. */
#define NARRATOR_SECONDS 2.0

/* A text under the microscope: its selected unit and its cursor. */
struct narrator_reading {
	bool is_shown;    /* by the view */
	bool has_results; /* the others are known */
	bool is_cut;      /* without memory */
	size_t at;        /* the cursor */
	size_t unit;      /* from 0 */
	enum text_feature feature;
	double correlation; /* 0: the unit tells nothing */
	bool is_predicted;  /* the character at the cursor */
	/* the true character, "" at the end; and the likeliest */
	char character[NARRATOR_CHARACTER_SIZE];
	char likeliest[NARRATOR_CHARACTER_SIZE];
	double probability;               /* of the likeliest */
	double bits;                      /* the surprise by the true one */
	double with, without, blind_bits; /* NaN: no memory */
};

/* What the conditions and the lines are about. */
struct narrator_facts {
	const struct settings *settings;
	enum narrator_phase {
		NARRATOR_TRAINING,
		NARRATOR_PAUSED,
		NARRATOR_FINISHED,
		NARRATOR_PAST, /* the run is shown as it was */
		NARRATOR_DIVERGED
	} phase;
	uint64_t updates;
	bool has_file_weights; /* the first weights are those of --init */
	size_t learning, parameters;
	double average, floor; /* NaN: none */
	double without_memory; /* the floor without memory; NaN: none */
	/*
	 * the change of the mean loss of `span` updates from the span before,
	 * relative to its size; NaN: too few updates
	 */
	double change;
	double chance; /* changes up to this one may be chance; relative too */
	uint64_t span;
	double unigram, bigram; /* NaN: not a text */
	bool is_rising;         /* the validation loss, since the best one */
	bool has_lost_patience; /* --patience has ended the run */
	double best_update;     /* of the best validation */
	bool has_name;          /* the run is saved in a file */
	const char *best_file;  /* that holds the best model; NULL: none */
	bool has_clock; /* a unit climbs or falls at each step (tui/climb.h) */
	char clock[LIVE_NAME_SIZE];     /* its name */
	double clock_first, clock_last; /* its values, of which it climbs */
	bool has_ghost; /* a former run with comparable losses */
	bool is_pair;   /* the ghost is a second run beside this one */
	double ghost_average;
	const char *ghost_name;
	struct narrator_reading reading;
};

struct narrator_line {
	const char *name;
	bool (*holds)(const struct narrator_facts *facts);
	/* with {placeholders}; see narrator_write */
	const char *see, *advice;
	const struct action *action; /* its key is shown before the advice */
};

/*
 * The lines about a run, and those about a text under the microscope. Each
 * table ends with a line without a name. The last one always holds.
 */
extern const struct narrator_line narrator_lines[];
extern const struct narrator_line narrator_reading_lines[];

/* What is said now. All bytes are 0 before the first narrator_update. */
struct narrator {
	const struct narrator_line *line;
	struct narrator_facts facts;
	/* of each line: when its condition began to hold; NaN: it does not */
	double since[NARRATOR_LINES_MAX];
};

/*
 * Measure the facts of a run, without a reading; steps and ghost may be empty.
 * The facts borrow the settings and the name of the ghost. Of several clocks
 * the one of the name `clock` is preferred.
 */
void narrator_measure(const struct run *run, enum narrator_phase phase,
	const struct live_steps *steps, const struct ghost *ghost,
	const char *clock, struct narrator_facts *facts);

/* Note what the microscope shows; its state may be without results. */
void narrator_read(const struct app *app, const struct microscope *microscope,
	struct narrator_reading *reading);

/* Return the first line whose condition holds. */
const struct narrator_line *narrator_choose(const struct narrator_facts *facts);

/*
 * Choose the line for the facts measured at the time `now`, in seconds: if the
 * phase is another one, or the run does not train, the first whose condition
 * holds; otherwise the first of those that is shown already or has held for
 * NARRATOR_SECONDS, or the last line.
 */
void narrator_update(struct narrator *narrator,
	const struct narrator_facts *facts, double now);

/*
 * Write a text of a line, with the facts in place of {at}, {frozen},
 * {parameters}, {average}, {floor}, {best}, {span}, {clock}, {climbs}, {first},
 * {last}, {window}, {ghost}, {was} and {kept}, or of a reading {unit}, {does},
 * {character}, {bits}, {likeliest} and {percent}. Returns text.
 */
char *narrator_write(const char *line, const struct narrator_facts *facts,
	char text[NARRATOR_TEXT_SIZE]);

/* Write a fact of a reading by its name. */
void narrator_write_reading(const char *name,
	const struct narrator_reading *reading, char text[NARRATOR_TEXT_SIZE]);

#endif
