/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log as event files of TensorBoard. Each session begins a file of its own,
 * so that nothing that other sessions have written is changed: the start of a
 * session makes void what a killed process wrote after its last save.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "draw/picture_shapes.h"
#include "file/event_file.h"
#include "run/points_drawing.h"
#include "session/log_format.h"

enum { HOST_SIZE = 65, FILES_MAX = 1000 };

/* Write the name of this computer, as far as it is letters and digits. */
static const char *
host_name(char host[HOST_SIZE])
{
	if (gethostname(host, HOST_SIZE) != 0)
		host[0] = '\0';
	host[HOST_SIZE - 1] = '\0';
	for (char *at = host; *at != '\0'; at++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
			   "XYZ0123456789-.",
			    *at) == NULL)
			*at = '-';
	return host[0] != '\0' ? host : "localhost";
}

/*
 * Create events.out.tfevents.TIME.HOST in a folder, with a number after it if
 * that exists: two sessions may begin in the same second. Names in the order of
 * time are read in this order.
 */
static int
create_file(const char *folder, char path[PATH_MAX])
{
	double now = clock_time_of_day();
	char host[HOST_SIZE];
	int file = -1, length;

	host_name(host);
	errno = EEXIST;
	for (int i = 0; file < 0 && errno == EEXIST && i < FILES_MAX; i++) {
		char number[16] = "";

		if (i > 0)
			snprintf(number, sizeof number, ".%03d", i);
		length = snprintf(path, PATH_MAX,
			"%s/events.out.tfevents.%010.0f.%s%s", folder, now,
			host_name(host), number);
		if (length >= PATH_MAX) {
			errno = ENAMETOOLONG;
			return -1;
		}
		file = open(path,
			O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_CLOEXEC |
				O_NOCTTY,
			0666);
	}
	return file;
}

static int
create(const char *folder, char **path, struct error *error)
{
	char text[PATH_MAX];
	struct stat status;
	bool is_new = mkdir(folder, 0777) == 0;
	int file;

	if (!is_new && errno != EEXIST) {
		error_set(error, "%s: the directory cannot be created: %s",
			folder, strerror(errno));
		return -1;
	}
	if (stat(folder, &status) == 0 && !S_ISDIR(status.st_mode)) {
		error_set(error,
			"%s: not a directory, which --log-format tensorboard "
			"writes to",
			folder);
		return -1;
	}
	file = create_file(folder, text);
	if (file < 0) {
		error_set(error, "%s: no event file can be created: %s", folder,
			strerror(errno));
		if (is_new)
			rmdir(folder);
		return -1;
	}
	*path = memory_string(text);
	if (*path == NULL) {
		error_out_of_memory(error);
		close(file);
		unlink(text);
		return -1;
	}
	return file;
}

static struct event_time
time_of(uint64_t update)
{
	return (struct event_time){clock_time_of_day(), update};
}

static void
begin(struct bytes *entry, uint64_t update, bool is_file)
{
	if (is_file)
		event_add_version(entry, clock_time_of_day());
	event_add_start(entry, time_of(update));
}

static void
add_update(struct bytes *entry, const struct run *run)
{
	const struct event_scalar scalars[] = {
		{"loss", run_history(run)->last},
		{"average_loss", history_average(run_history(run))},
		{"learning_rate", run_last_rate(run)},
	};

	event_add_scalars(entry, time_of(run_updates(run)), scalars,
		sizeof scalars / sizeof *scalars);
}

static void
add_validation(struct bytes *entry, const struct run *run)
{
	event_add_scalars(entry, time_of(run_updates(run)),
		&(struct event_scalar){"validation_loss",
			run_validation(run)->last},
		1);
}

/*
 * Add the tokens of a text, of which four spaces at the beginning of each line
 * make Markdown show the characters as they are. Bytes that are not UTF-8
 * become U+FFFD.
 */
static void
add_literally(struct bytes *text, const struct bytes *tokens)
{
	const char *at = (const char *)tokens->data;
	size_t left = tokens->count;

	bytes_add_text(text, "    ");
	while (left > 0 && !tokens->has_failed) {
		uint32_t character;
		size_t size = utf8_decode(at, left, &character);

		if (size == 0)
			bytes_add_text(text, "\xef\xbf\xbd");
		else if (*at != '\0')
			bytes_add(text, at, size);
		if (*at == '\n')
			bytes_add_text(text, "    ");
		size += size == 0;
		at += size;
		left -= size;
	}
}

static bool
add_text(struct bytes *entry, const struct run *run, struct error *error)
{
	const struct snapshots *snapshots = run_snapshots(run);
	const uint32_t *tokens =
		snapshots_tokens(snapshots, snapshots->count - 1);
	struct bytes text = {0}, shown = {0};
	bool good, follows_return = false;

	for (size_t i = 0; i < snapshots->size; i++) {
		char bytes[TEXT_ENCODED_SIZE];

		bytes_add(&text, bytes,
			text_encode_display(run_vocabulary(run), tokens[i],
				&follows_return, bytes));
	}
	add_literally(&shown, &text);
	good = bytes_check(&text, error) && bytes_check(&shown, error);
	if (good)
		event_add_text(entry, time_of(run_updates(run)), "generated",
			&shown);
	bytes_release(&text);
	bytes_release(&shown);
	return good;
}

static bool
take_bytes(void *png, const void *bytes, size_t count)
{
	bytes_add(png, bytes, count);
	return !((struct bytes *)png)->has_failed;
}

static bool
add_picture(struct bytes *entry, const struct run *run, struct error *error)
{
	const struct snapshots *snapshots = run_snapshots(run);
	char title[NUMBER_TEXT_SIZE];
	const struct multiples_item item = {
		.title = number_grouped(title, run_updates(run)),
		.length = run_length(run),
		.points = snapshots_points(snapshots, snapshots->count - 1),
	};
	struct multiples multiples = points_multiples(run, &item, 1);
	struct bytes png = {0};
	bool good = picture_shapes_write(&multiples, PICTURE_PNG,
		&(struct picture_sink){take_bytes, &png}, error);

	if (good)
		event_add_png(entry, time_of(run_updates(run)), "generated",
			&png);
	bytes_release(&png);
	return good;
}

static bool
add_snapshot(struct bytes *entry, const struct run *run, struct error *error)
{
	struct error ignored;

	if (run_task(run)->is_text)
		return add_text(entry, run, error);
	/* without cairo there are no pictures */
	return !picture_check(PICTURE_PNG, &ignored) ||
		add_picture(entry, run, error);
}

const struct log_format log_format_tensorboard = {
	.kind = {.name = "tensorboard",
		.summary = "event files of TensorBoard in the directory FILE"},
	.create = create,
	.begin = begin,
	.add_update = add_update,
	.add_validation = add_validation,
	.add_snapshot = add_snapshot,
};
