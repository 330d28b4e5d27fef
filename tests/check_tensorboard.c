/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `--log-format tensorboard`: the records and events of its files
 * against the JSON log and the snapshots of the same run, and what a resumed, a
 * killed and a restarted run leave.
 */
#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "endless.h"
#include "event_files.h"
#include "file/crc32.h"
#include "session/model_file.h"
#include "session/session.h"
#include "suite.h"

#define EVENTS "--log=events", "--log-format=tensorboard"
#define TRAIN "train", "--quiet", "--seed=7", "--units=4"

/* Numbers of fields of a value, from summary.proto. */
enum {
	VALUE_SIMPLE = 2,
	VALUE_IMAGE = 4,
	VALUE_TENSOR = 8,
	VALUE_METADATA = 9
};

/* Assert a scalar of the events. */
static void
expect_scalar(const struct event_files *files, const char *tag, uint64_t step,
	double wanted)
{
	struct protobuf value;
	float found;

	EXPECT(event_files_find(files, tag, step, &value), "no %s of %llu", tag,
		(unsigned long long)step);
	found = protobuf_float(value, VALUE_SIMPLE);
	/* a float, of a number that the JSON has with nine digits */
	EXPECT(fabs((double)found - wanted) <= 1e-7 * fabs(wanted),
		"%s of %llu: %.9g, not %.9g", tag, (unsigned long long)step,
		(double)found, wanted);
}

/* Assert that the events have the values of a JSON log, and no others. */
static void
expect_log(const struct event_files *files, const char *name)
{
	char *log = read_here(name, NULL), *next;
	size_t lines = 0;

	for (char *line = log; *line != '\0'; line = next + 1) {
		json_t *object;
		uint64_t step;

		next = strchr(line, '\n');
		*next = '\0';
		object = parse_object(line);
		step = (uint64_t)get_integer(object, "update");
		expect_scalar(files, "loss", step, get_number(object, "loss"));
		expect_scalar(files, "average_loss", step,
			get_number(object, "average"));
		expect_scalar(files, "learning_rate", step,
			get_number(object, "learning_rate"));
		json_decref(object);
		lines++;
	}
	ck_assert_uint_gt(lines, 0);
	ck_assert_uint_eq(event_files_count(files, "loss"), lines);
	free(log);
}

/* Assert that a file begins a session with an update. */
static void
expect_start(const struct event_bytes *file, uint64_t update)
{
	struct protobuf event;
	size_t at = 0;

	ck_assert(event_files_next(file, &at, &event));
	ck_assert(event_files_next(file, &at, &event));
	ck_assert(event_files_is_start(event));
	ck_assert_uint_eq(event_files_step(event), update);
}

/* ---------------------------------------------------------------------- */
/* One run */

/* _i: whether each update is logged, or each third. */
START_TEST(scalars_are_those_of_the_json_log)
{
	const char *every = _i == 0 ? "--log-every=1" : "--log-every=3";
	struct event_files files;

	MUST(TRAIN, "--updates=40", every, EVENTS);
	MUST(TRAIN, "--updates=40", every, "--log", LOG);
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 1);
	ck_assert_uint_eq(files.file[0].torn, 0);
	expect_start(&files.file[0], 1);
	expect_log(&files, LOG);
	event_files_release(&files);
}
END_TEST

START_TEST(the_checksum_is_that_of_rfc_3720)
{
	unsigned char zeros[32] = {0};

	ck_assert_uint_eq(crc32c_bytes(CRC32_EMPTY, "123456789", 9),
		0xe3069283);
	/* B.4 of the RFC */
	ck_assert_uint_eq(crc32c_bytes(CRC32_EMPTY, zeros, 32), 0x8a9136aa);
	ck_assert_uint_eq(crc32c_bytes(crc32c_bytes(CRC32_EMPTY, "1234", 4),
				  "56789", 5),
		0xe3069283);
	ck_assert_uint_eq(event_files_crc((const unsigned char *)"123456789",
				  9),
		0xe3069283);
	ck_assert_uint_eq(crc32_bytes(CRC32_EMPTY, "123456789", 9), 0xcbf43926);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_events)
{
	struct event_files one, other;
	struct protobuf first, second;
	size_t at = 0, place = 0, events = 0;

	MUST(TRAIN, "--updates=20", "--snapshots=10", EVENTS);
	MUST(TRAIN, "--updates=20", "--snapshots=10", "--log=other",
		"--log-format=tensorboard");
	event_files_read(&one, "events");
	event_files_read(&other, "other");
	while (event_files_next(&one.file[0], &at, &first)) {
		ck_assert(event_files_next(&other.file[0], &place, &second));
		/* the time is the first field: a tag and eight bytes */
		ck_assert_uint_eq(first.length, second.length);
		ck_assert_mem_eq(first.at + 9, second.at + 9, first.length - 9);
		events++;
	}
	ck_assert_uint_eq(place, other.file[0].length);
	ck_assert_uint_ge(events, 22);
	event_files_release(&one);
	event_files_release(&other);
}
END_TEST

START_TEST(each_validation_is_logged)
{
	const struct validations *validations;
	char path[FOLDER_PATH_SIZE];
	struct event_files files;
	struct error error;
	struct run *run;

	write_here("d.csv",
		"0,0\n1,0\n1,1\n\n0,1\n1,0\n0,1\n\n0,0\n1,1\n1,0\n\n"
		"1,1\n0,0\n0,1\n");
	/* the last validation follows the last update */
	MUST(TRAIN, "--task=points", "--data=d.csv", "--validation=0.25",
		"--updates=36", "--log-every=5", EVENTS, MODEL);
	run = model_file_open(suite_context(), path_here(path, MODEL), &error);
	ck_assert_ptr_nonnull(run);
	validations = run_validations(run);
	ck_assert_uint_ge(validations->count, 3);
	event_files_read(&files, "events");
	ck_assert_uint_eq(event_files_count(&files, "validation_loss"),
		validations->count);
	for (size_t i = 0; i < validations->count; i++)
		expect_scalar(&files, "validation_loss",
			(uint64_t)validations->at[i].update,
			validations->at[i].loss);
	event_files_release(&files);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Snapshots */

#ifdef HAVE_CAIRO
START_TEST(snapshots_of_shapes_are_pictures)
{
	struct event_files files;
	struct protobuf value, image, png;

	MUST(TRAIN, "--updates=20", "--snapshots=5,20", EVENTS);
	event_files_read(&files, "events");
	ck_assert_uint_eq(event_files_count(&files, "generated"), 2);
	ck_assert(event_files_find(&files, "generated", 20, &value));
	image = protobuf_message(value, VALUE_IMAGE);
	png = protobuf_message(image, 4);
	ck_assert_uint_gt(png.length, 100);
	ck_assert_mem_eq(png.at, "\x89PNG\r\n\x1a\n", 8);
	ck_assert_uint_eq(protobuf_varint(image, 1),
		(uint64_t)png.at[22] << 8 | png.at[23]);
	ck_assert_uint_eq(protobuf_varint(image, 2),
		(uint64_t)png.at[18] << 8 | png.at[19]);
	ck_assert_uint_gt(protobuf_varint(image, 2), 100);
	ck_assert_uint_eq(protobuf_varint(image, 3), 3);
	event_files_release(&files);
}
END_TEST
#endif

/* Write the lines of a text after four spaces. */
static void
indent(const char *text, char *shown)
{
	strcpy(shown, "    ");
	shown += 4;
	for (; *text != '\0'; text++) {
		*shown++ = *text;
		if (*text == '\n') {
			strcpy(shown, "    ");
			shown += 4;
		}
	}
	*shown = '\0';
}

static struct protobuf
text_of(const struct event_files *files, uint64_t step)
{
	struct protobuf value, tensor;

	ck_assert(event_files_find(files, "generated", step, &value));
	ck_assert(protobuf_is(
		protobuf_message(protobuf_message(protobuf_message(value,
							  VALUE_METADATA),
					 1),
			1),
		"text"));
	tensor = protobuf_message(value, VALUE_TENSOR);
	ck_assert_uint_eq(protobuf_varint(tensor, 1), 7);
	ck_assert_uint_eq(protobuf_message(tensor, 2).length, 0);
	return protobuf_message(tensor, 8);
}

START_TEST(snapshots_of_a_text_are_shown_as_they_are)
{
	struct event_files files;
	char shown[2000], text[600] = "";
	json_t *gallery;

	while (strlen(text) < 500)
		strcat(text, "# to *be*\n\n* or\nnot <to> \xc3\xa4 be\n");
	write_here("t.txt", text);
	MUST(TRAIN, "--task=text", "--data=t.txt", "--updates=20",
		"--snapshots=5,20", EVENTS, MODEL);
	event_files_read(&files, "events");
	ck_assert_uint_eq(event_files_count(&files, "generated"), 2);
	gallery = OBJECT_OF("generate", "--gallery", "--format=json", MODEL);
	indent(get_string(json_array_get(json_object_get(gallery, "snapshots"),
				  1),
		       "text"),
		shown);
	ck_assert(protobuf_is(text_of(&files, 20), shown));
	json_decref(gallery);
	event_files_release(&files);
}
END_TEST

START_TEST(a_text_of_bytes_is_utf_8)
{
	struct event_files files;
	struct protobuf text;
	char bytes[601];

	for (size_t i = 0; i < 600; i++)
		bytes[i] = "\xff\xc3\x80\x0d"[i * i % 7 % 4];
	bytes[600] = '\0';
	write_here("t.bin", bytes);
	MUST(TRAIN, "--task=text", "--data=t.bin", "--bytes", "--updates=4",
		"--snapshots=4", EVENTS);
	event_files_read(&files, "events");
	text = text_of(&files, 4);
	ck_assert_uint_gt(text.length, 100);
	for (size_t i = 0; i < text.length; i++) {
		size_t left = text.length - i;

		if (text.at[i] < 0x80) {
			EXPECT(text.at[i] != '\r', "a carriage return");
			continue;
		}
		/* U+FFFD, or U+00C0 */
		if (left >= 3 && memcmp(text.at + i, "\xef\xbf\xbd", 3) == 0)
			i += 2;
		else if (left >= 2 && memcmp(text.at + i, "\xc3\x80", 2) == 0)
			i++;
		else
			ck_abort_msg("byte %zu: 0x%x", i, text.at[i]);
	}
	event_files_release(&files);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Several sessions */

START_TEST(a_resumed_run_begins_another_file)
{
	struct event_files before, after;

	MUST(TRAIN, "--updates=20", EVENTS, MODEL);
	event_files_read(&before, "events");
	MUST("train", "--quiet", "--updates=35", EVENTS, MODEL);
	event_files_read(&after, "events");
	ck_assert_uint_eq(after.count, 2);
	ck_assert_str_eq(after.file[0].name, before.file[0].name);
	ck_assert_uint_eq(after.file[0].length, before.file[0].length);
	ck_assert_mem_eq(after.file[0].bytes, before.file[0].bytes,
		before.file[0].length);
	expect_start(&after.file[1], 21);
	MUST(TRAIN, "--updates=35", "--log", LOG);
	expect_log(&after, LOG);
	event_files_release(&before);
	event_files_release(&after);
}
END_TEST

/* Return the size of the only event file, 0 if it is not there. */
static off_t
size_of_events(void)
{
	char path[FOLDER_PATH_SIZE];
	struct event_files files;
	off_t size = 0;

	if (!file_exists(path_here(path, "events")))
		return 0;
	event_files_read(&files, "events");
	for (size_t i = 0; i < files.count; i++)
		size += (off_t)files.file[i].length;
	event_files_release(&files);
	return size;
}

START_TEST(a_killed_run_leaves_whole_events)
{
	double deadline = clock_seconds() + LIMIT_MS / 1000.0;
	struct event_files files;
	struct process process;
	struct outcome outcome;
	char updates[32];
	uint64_t done;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS(TRAIN, "--updates=100000000",
				      "--checkpoint-every=50", EVENTS, MODEL)},
		&process);
	while (size_of_events() < 1000 || !exists_here(MODEL)) {
		ck_assert_msg(clock_seconds() < deadline, "nothing is logged");
		pause_shortly();
	}
	kill(process.pid, SIGKILL);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);

	done = updates_of(MODEL);
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 1);
	/* the log is never behind the model */
	ck_assert_uint_ge(event_files_count(&files, "loss"), done);
	event_files_release(&files);
	snprintf(updates, sizeof updates, "--updates=%llu",
		(unsigned long long)done + 30);
	MUST("train", "--quiet", updates, EVENTS, MODEL);
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 2);
	expect_start(&files.file[1], done + 1);
	MUST(TRAIN, updates, "--log", LOG);
	expect_log(&files, LOG);
	event_files_release(&files);
}
END_TEST

START_TEST(sessions_of_one_second_have_files_in_order)
{
	struct event_files files;
	uint64_t last = 0;

	for (int i = 1; i <= 6; i++) {
		char updates[32];

		snprintf(updates, sizeof updates, "--updates=%d", 3 * i);
		MUST("train", "--quiet", i == 1 ? "--seed=7" : "--quiet",
			updates, EVENTS, MODEL);
	}
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 6);
	for (size_t i = 0; i < files.count; i++) {
		expect_start(&files.file[i], last + 1);
		last += 3;
	}
	event_files_release(&files);
}
END_TEST

static void
advance(struct session *session, uint64_t until)
{
	struct error error;
	enum run_status status;

	do {
		uint64_t work = UINT64_MAX;

		status = session_advance(session, until, &work, &error);
	} while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_REACHED);
}

START_TEST(a_reset_run_takes_back_its_values)
{
	struct session *session = malloc(sizeof *session);
	char path[FOLDER_PATH_SIZE];
	struct session_options options = {.context = suite_context(),
		.log = path_here(path, "events"),
		.log_format = &log_format_tensorboard,
		.log_every = 5,
		.given = settings_bit(&setting_seed)};
	struct event_files files;
	struct error error;

	ck_assert_ptr_nonnull(session);
	settings_default(&options.settings);
	options.settings.seed = 7;
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	advance(session, 20);
	ck_assert(session_reset(session, 8, NULL, &error));
	advance(session, 5);
	ck_assert(session_close(session, &error));
	free(session);
	event_files_read(&files, "events");
	/* the values of updates 5 to 20 are void */
	ck_assert_uint_eq(event_files_count(&files, "loss"), 1);
	MUST("train", "--quiet", "--seed=8", "--updates=5", "--log-every=5",
		"--log", LOG);
	expect_log(&files, LOG);
	event_files_release(&files);
}
END_TEST

static bool
has_logged(struct terminal *from, void *context)
{
	(void)from;
	(void)context;
	return size_of_events() > 2000;
}

START_TEST(the_interface_logs_within_a_second)
{
	struct event_files files;

	/* a buffer would be full after minutes */
	OPEN("--seed=7", "--units=4", "--speed=40", EVENTS);
	ck_assert_msg(terminal_wait(&terminal, has_logged, NULL, LIMIT_MS),
		"nothing is logged");
	leave();
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 1);
	ck_assert_uint_eq(files.file[0].torn, 0);
	ck_assert_uint_ge(event_files_count(&files, "loss"), 10);
	event_files_release(&files);
}
END_TEST

/*
 * As on a full disk: the events are whole, the error is reported, the model is
 * saved.
 */
/* The limit leaves room for the model of any update, not for all events. */
START_TEST(a_file_that_cannot_grow_ends_with_a_whole_event)
{
	struct event_files files;
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
			    .program = "sh",
			    .arguments = WORDS("-c",
				    "trap '' XFSZ; ulimit -f 400; "
				    "exec \"$LSTMTUI\" train --quiet "
				    "--snapshots=0 --updates 9000 --units=2 "
				    "--log events --log-format tensorboard "
				    "m.safetensors")},
		&outcome);
	expect_failure(&outcome, "events/events.out.tfevents.");
	event_files_read(&files, "events");
	ck_assert_uint_eq(files.count, 1);
	ck_assert_uint_eq(files.file[0].torn, 0);
	event_files_release(&files);
	ck_assert_uint_gt(updates_of(MODEL), 0);
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Refusals */

static void
expect_refusal(const char *log, int status, const char *message)
{
	struct outcome outcome;

	RUN(&outcome, TRAIN, "--updates=5", "--log", log,
		"--log-format=tensorboard", MODEL);
	ck_assert_int_eq(outcome.status, status);
	ck_assert_msg(strstr(outcome.errors, message) != NULL, "%s",
		outcome.errors);
	ck_assert(!exists_here(MODEL));
	outcome_release(&outcome);
}

START_TEST(names_that_are_no_directories_are_refused)
{
	write_here("file", "mine");
	expect_refusal("-", 2, "--log -: ");
	expect_refusal("", 2, "--log: the name is empty");
	expect_refusal("file", 1, "lstmtui: file: not a directory");
	expect_refusal("no/such", 1,
		"lstmtui: no/such: the directory cannot be created");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("tensorboard");
	TCase *group = add_case(suite, "events");

	suite_add_loop(group, scalars_are_those_of_the_json_log, 0, 2);
	tcase_add_test(group, the_checksum_is_that_of_rfc_3720);
	tcase_add_test(group, the_same_seed_gives_the_same_events);
	tcase_add_test(group, each_validation_is_logged);

	group = add_case(suite, "snapshots");
#ifdef HAVE_CAIRO
	tcase_add_test(group, snapshots_of_shapes_are_pictures);
#endif
	tcase_add_test(group, snapshots_of_a_text_are_shown_as_they_are);
	tcase_add_test(group, a_text_of_bytes_is_utf_8);

	group = add_case(suite, "sessions");
	tcase_add_test(group, a_resumed_run_begins_another_file);
	tcase_add_test(group, a_killed_run_leaves_whole_events);
	tcase_add_test(group, sessions_of_one_second_have_files_in_order);
	tcase_add_test(group, a_reset_run_takes_back_its_values);
	tcase_add_test(group, the_interface_logs_within_a_second);
	tcase_add_test(group, a_file_that_cannot_grow_ends_with_a_whole_event);
	tcase_add_test(group, names_that_are_no_directories_are_refused);
	return suite_run(suite);
}
