#include "targets.h"

#include <ctype.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"
#include "run/generate.h"
#include "run/model_file.h"
#include "run/writer.h"
#include "task/sequences.h"
#include "task/text.h"

enum {
	WORDS_MOST = 64,
	PATH_SIZE = 256,
	/* a model up to here is also used */
	PARAMETERS_MOST = 4000,
	BATCH_MOST = 8,
	LENGTH_MOST = 512,
	SYMBOLS_WRITTEN = 20,
	UPDATES_MORE = 3
};

/* A promise is broken: what finds it sees the process die. */
static void
demand(bool holds, const char *what, const struct error *error)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s\n", what, error->text);
	abort();
}

/* A file of this process's own, for the second of its uses under suffix. */
static const char *
own_path(const char *suffix)
{
	static char path[PATH_SIZE];
	const char *folder = getenv("TMPDIR");

	snprintf(path, sizeof path, "%s/lstmtui-fuzz-%ld%s",
		folder != NULL ? folder : "/tmp", (long)getpid(), suffix);
	return path;
}

/* The bytes as a file; returns its path, which is good until the next. */
static const char *
as_file(const uint8_t *bytes, size_t size)
{
	const char *path = own_path("");
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t done = 0;

	while (file >= 0 && done < size) {
		ssize_t count = write(file, bytes + done, size - done);

		if (count <= 0)
			break;
		done += (size_t)count;
	}
	if (file < 0 || done < size || close(file) != 0) {
		perror(path);
		abort();
	}
	return path;
}

static void
write_some(const struct run *run)
{
	struct writer writer;
	struct error error;

	if (!writer_create(&writer, run, 1, &error))
		return;
	for (int i = 0; i < SYMBOLS_WRITTEN; i++) {
		char bytes[TEXT_ENCODED_SIZE];
		uint32_t symbol = writer_write(&writer);

		demand(symbol < run->reader.vocabulary.count, "symbol", &error);
		text_encode(&run->reader.vocabulary, symbol, bytes);
	}
	writer_destroy(&writer);
}

static void
draw_some(const struct run *run)
{
	size_t starts = framing_starts(settings_framing(&run->settings));
	size_t length = run->length > starts ? run->length : starts;
	float *points = calloc(length, run_features(run) * sizeof *points);
	struct generator generator;
	struct error error;

	if (points == NULL)
		return;
	run_start(run, points);
	if (generator_create(&generator, run, 1, &error)) {
		generator_draw(&generator, length, points);
		generator_destroy(&generator);
	}
	free(points);
}

/* What can be read can be written, and read again. */
static void
save_and_read(const struct run *run)
{
	struct run *again = calloc(1, sizeof *again);
	struct error error = {.text = ""};
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "%s", own_path(".safetensors"));
	if (again == NULL)
		return;
	demand(model_file_write(run, path, &error), "not written", &error);
	demand(model_file_read(again, path, &error), "not read again", &error);
	demand(run_updates(again) == run_updates(run), "updates", &error);
	run_destroy(again);
	free(again);
	unlink(path);
}

static void
train_some(struct run *run)
{
	struct error error;

	/* files that it names are not for us to open */
	if (run->settings.data[0] != '\0' || !run_prepare(run, &error))
		return;
	if (run_advance(run, run_updates(run) + UPDATES_MORE, UINT64_MAX,
		    &error) != RUN_REACHED)
		return;
	/* odd moments make odd weights, which the next update finds */
	if (parameters_finite(run->model.values,
		    run->model.parameters.packed_total))
		save_and_read(run);
}

static bool
take_model(const uint8_t *bytes, size_t size, struct error *error)
{
	struct run *run = calloc(1, sizeof *run);
	bool is_read;

	if (run == NULL)
		return error_out_of_memory(error);
	is_read = model_file_read(run, as_file(bytes, size), error);
	unlink(own_path(""));
	if (is_read && run->model.parameters.total <= PARAMETERS_MOST &&
	    run->settings.batch <= BATCH_MOST && run->length <= LENGTH_MOST) {
		if (task_info((enum task)run->settings.task)->is_text)
			write_some(run);
		else
			draw_some(run);
		save_and_read(run);
		train_some(run);
	}
	run_destroy(run);
	free(run);
	return is_read;
}

static bool
take_points(const uint8_t *bytes, size_t size, struct error *error)
{
	const char *path = as_file(bytes, size);
	struct sequences any, corners;
	bool is_read = sequences_read(&any, path, 0, 0, error);
	struct error other;

	/* the corners of rectangles are points, too */
	if (sequences_read(&corners, path, 2, 4, &other)) {
		demand(is_read, "refused", error);
		sequences_destroy(&corners);
	}
	if (is_read)
		sequences_destroy(&any);
	unlink(path);
	return is_read;
}

static bool
is_entropy(double nats, const struct text *text)
{
	return nats >= -1e-9 &&
		nats <= log((double)text->vocabulary.count) + 1e-9;
}

static bool
take_text(const uint8_t *bytes, size_t size, struct error *error)
{
	const char *path = as_file(bytes, size);
	double unigram, bigram;
	struct text text, other;
	struct error ignored;
	bool is_read = text_read(&text, path, false, 0.1, error);

	/* characters are bytes, too, but at least as many */
	if (text_read(&other, path, true, 0.1, &ignored))
		text_destroy(&other);
	else
		demand(!is_read, "no bytes", &ignored);
	if (is_read) {
		if (text_entropies(&text, &unigram, &bigram, error))
			demand(is_entropy(unigram, &text) &&
				/* not known where there are too many */
				(isnan(bigram) || is_entropy(bigram, &text)),
				"entropy", error);
		text_destroy(&text);
	}
	unlink(path);
	return is_read;
}

/* Words, one a line. */
static bool
take_options(const uint8_t *bytes, size_t size, struct error *error)
{
	char *text = calloc(size + 1, 1), *rest = text, *word;
	char *words[WORDS_MOST + 2] = {(char[]){"lstmtui"}};
	struct arguments *arguments = calloc(1, sizeof *arguments);
	const struct command *command;
	bool is_good = false;
	int count = 1;

	if (text == NULL || arguments == NULL) {
		free(arguments);
		free(text);
		return error_out_of_memory(error);
	}
	memcpy(text, bytes, size);
	while (count <= WORDS_MOST && (word = strsep(&rest, "\n")) != NULL)
		words[count++] = word;
	/* getopt may be in the middle of a word that is gone */
	optind = 0;
	getopt_long(1, words, "", (struct option[]){{0}}, NULL);
	command = command_find(count, words);
	is_good = options_parse(command, count, words, arguments, error) &&
		settings_complete(&arguments->session.settings,
			arguments->session.given, error);
	free(arguments);
	free(text);
	return is_good;
}

static const struct fuzz_target targets[] = {
	{"model", take_model},
	{"points", take_points},
	{"text", take_text},
	{"options", take_options},
};

const struct fuzz_target *
fuzz_target(size_t index)
{
	return index < sizeof targets / sizeof targets[0] ? &targets[index]
							  : NULL;
}

bool
fuzz_take(const struct fuzz_target *target, const uint8_t *bytes,
	size_t size, struct error *error)
{
	error_set(error, "%s", "");
	if (target->take(bytes, size, error))
		return true;
	demand(error->text[0] != '\0', "no message", error);
	for (const char *c = error->text; *c != '\0'; c++)
		demand(!iscntrl((unsigned char)*c), "control character", error);
	return false;
}
