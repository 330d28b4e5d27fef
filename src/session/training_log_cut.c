/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Find the place to cut the log of a resumed run.
 *
 * A log has parts. Updates rise within a part; a smaller number begins another
 * part, of a reset run or of another run. The losses of a part show which run
 * wrote it: the history of the run contains the losses of its own updates.
 */
#include "session/training_log.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/signals.h"
#include "session/log_line.h"

enum { BLOCK_SIZE = 65536 };

struct survey {
	const struct run *run;
	const char *name;
	uint64_t line;            /* number of the current line, from 1 */
	uint64_t updates, others; /* lines with an update, and without */
	off_t torn;               /* offset of a torn last line, or -1 */
	off_t cut; /* offset of the first later line of this run, or -1 */
	uint64_t foreign; /* first later line of another run; 0: none */

	/* the part that contains the current line */
	uint64_t first;      /* number of its first line */
	uint64_t last;       /* its last update; 0: none yet */
	bool is_own;         /* it has a loss of this run */
	bool is_other;       /* it has a loss of another run */
	off_t later;         /* offset of its first later line, or -1 */
	uint64_t later_line; /* number of that line */
};

/* Whether a value of 9 digits is within [min, max], apart from rounding. */
static bool
is_within(double value, double min, double max)
{
	double doubt = 1e-6 * fmax(fabs(min), fabs(max)) + FLT_MIN;

	return value >= min - doubt && value <= max + doubt;
}

/* Tell from the loss of an update which run its part belongs to. */
static void
compare(struct survey *survey, const struct log_line *entry)
{
	struct history_bucket known;

	if (!history_span(run_history(survey->run), entry->update - 1,
		    entry->update, &known))
		return;
	if (is_within(entry->loss, known.min, known.max))
		survey->is_own = true;
	else
		survey->is_other = true;
}

/*
 * The same for the next update of the run, from its average: only the run's own
 * line continues the average.
 */
static void
compare_next(struct survey *survey, const struct log_line *entry)
{
	const struct history *history = run_history(survey->run);
	double sum = HISTORY_DECAY * history->average_sum +
		(1 - HISTORY_DECAY) * entry->loss;
	double weight =
		HISTORY_DECAY * history->average_weight + (1 - HISTORY_DECAY);
	double average = sum / weight;

	if (is_within(entry->average, average, average))
		survey->is_own = true;
	else
		survey->is_other = true;
}

/* End a part. */
static bool
end_part(struct survey *survey, struct error *error)
{
	bool is_own = survey->is_own && !survey->is_other;

	if (survey->cut >= 0 && !is_own)
		return error_set(error,
			"%s: line %llu belongs to another run "
			"and follows lines of this run that have to "
			"be removed; give --log another file",
			survey->name, (unsigned long long)survey->first);
	if (survey->later >= 0 && !survey->is_other) {
		if (!is_own)
			return error_set(error,
				"%s: all its lines are later than update "
				"%llu, and may belong to another run; "
				"give --log another file",
				survey->name,
				(unsigned long long)run_updates(survey->run));
		if (survey->cut < 0)
			survey->cut = survey->later;
	}
	if (is_own)
		survey->foreign = 0;
	else if (survey->later >= 0 && survey->foreign == 0)
		survey->foreign = survey->later_line;
	survey->last = 0;
	survey->is_own = survey->is_other = false;
	survey->later = -1;
	return true;
}

static bool
take_entry(struct survey *survey, const struct log_line *entry, off_t at,
	struct error *error)
{
	uint64_t done = run_updates(survey->run);

	if (entry->update <= survey->last && !end_part(survey, error))
		return false;
	if (survey->last == 0)
		survey->first = survey->line;
	if (entry->update <= done) {
		compare(survey, entry);
	} else if (survey->later < 0) {
		survey->later = at;
		survey->later_line = survey->line;
		/* a run without updates has no losses that could differ */
		if (done == 0)
			survey->is_own = true;
		else if (survey->last == 0 && entry->update == done + 1)
			compare_next(survey, entry);
	}
	survey->last = entry->update;
	survey->updates++;
	return true;
}

static bool
no_line(const struct survey *survey, struct error *error)
{
	return error_set(error,
		"%s: line %llu is not a line of a log; "
		"give --log another file",
		survey->name, (unsigned long long)survey->line);
}

/*
 * Whether the bytes are the beginning of a line, followed only by zeros, which
 * a file system shows for blocks that were never written. Zeros are accepted
 * after whole lines only, not in a binary file.
 */
static bool
is_torn(const struct survey *survey, const char *bytes, size_t length)
{
	size_t written = strnlen(bytes, length), known = strlen(LOG_LINE_BEGIN);

	for (size_t i = written; i < length; i++)
		if (bytes[i] != '\0')
			return false;
	return written < LOG_LINE_READ_MAX &&
		(written == length || survey->updates > 0) &&
		memcmp(bytes, LOG_LINE_BEGIN,
			written < known ? written : known) == 0;
}

/* Read a line without its line feed; at: its offset in the file. */
static bool
take_line(struct survey *survey, const char *line, size_t length, off_t at,
	struct error *error)
{
	struct log_line entry;
	bool is_object =
		length >= 2 && line[0] == '{' && line[length - 1] == '}';

	survey->line++;
	if (memchr(line, '\0', length) != NULL) {
		survey->torn = at;
		return is_torn(survey, line, length) || no_line(survey, error);
	}
	if (is_object && log_line_read(line, &entry))
		return take_entry(survey, &entry, at, error);
	/* other objects stay in place */
	if (is_object &&
		strncmp(line, LOG_LINE_BEGIN, strlen(LOG_LINE_BEGIN)) != 0) {
		survey->others++;
		return true;
	}
	return no_line(survey, error);
}

/* Check the rest after the last whole line: at most the beginning of a line. */
static bool
take_rest(struct survey *survey, const char *rest, size_t length, off_t at,
	struct error *error)
{
	survey->line++;
	if (length == 0)
		return true;
	survey->torn = at;
	return is_torn(survey, rest, length) || no_line(survey, error);
}

/* Read the whole lines of a block. *taken: their bytes. */
static bool
take_lines(struct survey *survey, char *block, size_t length, off_t at,
	size_t *taken, struct error *error)
{
	const char *end;

	*taken = 0;
	while (survey->torn < 0 &&
		(end = memchr(block + *taken, '\n', length - *taken)) != NULL) {
		size_t begin = *taken, size = (size_t)(end - block) - begin;

		block[begin + size] = '\0';
		if (!take_line(survey, block + begin, size, at + (off_t)begin,
			    error))
			return false;
		*taken = begin + size + 1;
	}
	return true;
}

/* Read the file from the beginning to the end or to a torn line. */
static bool
read_through(struct survey *survey, int file, char *block, struct error *error)
{
	size_t length = 0, taken;
	off_t at = 0;
	ssize_t count;

	for (;;) {
		if (signals_is_ending())
			return error_set(error, "%s: interrupted",
				survey->name);
		count = read(file, block + length, BLOCK_SIZE - length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return error_set(error, "%s: %s", survey->name,
				strerror(errno));
		length += (size_t)count;
		if (!take_lines(survey, block, length, at, &taken, error))
			return false;
		if (survey->torn >= 0)
			return true;
		at += (off_t)taken;
		length -= taken;
		memmove(block, block + taken, length);
		if (count == 0 || length == BLOCK_SIZE)
			return take_rest(survey, block, length, at, error);
	}
}

bool
training_log_cut(int file, const char *name, const struct run *run,
	struct error *error)
{
	struct survey survey = {.run = run,
		.name = name,
		.torn = -1,
		.cut = -1,
		.later = -1};
	char *block = memory_new(BLOCK_SIZE, 1);
	off_t to;
	bool good;

	if (block == NULL)
		return error_out_of_memory(error);
	good = read_through(&survey, file, block, error) &&
		end_part(&survey, error);
	free(block);
	if (!good)
		return false;
	if (survey.updates == 0 && survey.others > 0)
		return error_set(error,
			"%s: not a log; give --log another "
			"file",
			name);
	if (survey.foreign > 0)
		return error_set(error,
			"%s: from line %llu on it contains updates of "
			"another run after %llu, "
			"which this run has to log; give --log "
			"another file",
			name, (unsigned long long)survey.foreign,
			(unsigned long long)run_updates(run));
	to = survey.cut >= 0 ? survey.cut : survey.torn;
	if (to >= 0 && ftruncate(file, to) != 0)
		return error_set(error, "%s: %s", name, strerror(errno));
	return true;
}
