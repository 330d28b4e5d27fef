/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include <stddef.h>

#include "files.h"

/* Batches of 50 streams of 50 characters, as for Shakespeare. */
#define TRAIN "train --quiet --seed 1 --updates "
#define TEXT                                                         \
	" --task text --data text.txt --framing sequence --batch 50" \
	" --sequence-length 50 --validation 0 --clip 5 --units "
#define STAR " --task star --framing sequence --batch 32 --units "
#define READ TRAIN "1 --units 1 --batch 1 --validation 0 --data @ --task "

#define TEXT_ROW(row, units)                                                \
	{                                                                   \
		.name = row, .command = TRAIN "@" TEXT units, .work = 2500, \
		.is_rate = true, .scale = 1, .unit = "characters/s",        \
		.is_threaded = true                                         \
	}
#define UPDATE_ROW(row, options)                                      \
	{                                                             \
		.name = row, .command = TRAIN "@" options, .work = 1, \
		.scale = 1e6, .unit = "us/update"                     \
	}
#define START_ROW(units)                                                \
	{                                                               \
		.name = "start-" units, .command = TRAIN "1 --units @", \
		.few = "1", .many = units, .work = 1, .scale = 1e3,     \
		.unit = "ms", .is_threaded = true                       \
	}
#define GENERATE_ROW(row, units)                                        \
	{                                                               \
		.name = row, .prepare = TRAIN "1" TEXT units " " row,   \
		.command = "generate --quiet --seed 1 --length @ " row, \
		.work = 1, .is_rate = true, .scale = 1,                 \
		.unit = "characters/s", .is_threaded = true             \
	}
#define READ_ROW(row, task, suffix)                                           \
	{                                                                     \
		.name = row, .command = READ task, .few = "small" suffix,     \
		.many = "large" suffix, .work = FILES_BLOCK, .is_rate = true, \
		.scale = 1e-6, .unit = "MB/s", .reads = true                  \
	}

/* Tasks read sequences of points in this framing. */
#define POINTS "points --framing sequence"

const struct command_row command_rows[] = {
	TEXT_ROW("text-10", "10"),
	TEXT_ROW("text-64", "64"),
	TEXT_ROW("text-128", "128"),
	TEXT_ROW("text-2x128", "128,128"),
	TEXT_ROW("text-2x512", "512,512"),
	TEXT_ROW("text-gru-128", "128 --cell gru"),
	TEXT_ROW("text-rnn-128", "128 --cell rnn"),
	{.name = "words-10000",
		.command = TRAIN "@ --task text --tokens words --vocabulary "
				 "10000 --data words.txt --units 128 "
				 "--framing sequence --batch 20 "
				 "--sequence-length 25 --validation 0 --clip 5",
		.work = 500,
		.is_rate = true,
		.scale = 1,
		.unit = "words/s",
		.is_threaded = true},
	UPDATE_ROW("star-8", STAR "8"),
	UPDATE_ROW("star-16", STAR "16"),
	UPDATE_ROW("star-32", STAR "32"),
	UPDATE_ROW("star-gru-32", STAR "32 --cell gru"),
	UPDATE_ROW("star-rnn-32", STAR "32 --cell rnn"),
	UPDATE_ROW("lesson", ""),
	UPDATE_ROW("sequence", " --framing sequence"),
	START_ROW("1024"),
	START_ROW("2048"),
	GENERATE_ROW("generate-128", "128"),
	GENERATE_ROW("generate-2x512", "512,512"),
	READ_ROW("read-text", "text", ".txt"),
	READ_ROW("read-utf8", "text", "-utf8.txt"),
	READ_ROW("read-csv", POINTS, ".csv"),
	/* a model of 3.4 million parameters with their moments: 41 MB */
	{.name = "load",
		.prepare = TRAIN "1" TEXT "512,512 load",
		.command = "@",
		.few = "--version",
		.many = "info load",
		.work = 1,
		.scale = 1e3,
		.unit = "ms"},
	/* an update of one short stream takes much less time than saving */
	{.name = "save",
		.command = TRAIN "1 --task text --data text.txt --batch 1 "
				 "--framing sequence --sequence-length 2 "
				 "--validation 0 --units 512,512@",
		.few = "",
		.many = " --force save",
		.work = 1,
		.scale = 1e3,
		.unit = "ms"},
	{.name = NULL},
};
