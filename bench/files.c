/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/random.h"

enum { TEXT_LENGTH = 400000, LETTERS = 26, LINE_WORDS = 12, SEQUENCE = 100 };

/* Write independent characters, as unevenly distributed as letters. */
static void
write_text(FILE *file, struct random *random)
{
	for (int i = 0; i < FILES_TOKENS; i++)
		putc('0' + i, file);
	for (int i = 0; i < TEXT_LENGTH; i++) {
		float x = random_uniform(random);

		putc('0' + (int)(x * x * FILES_TOKENS), file);
	}
}

/* Write each word, a number in letters, at least twice. */
static void
write_words(FILE *file, struct random *random)
{
	enum { ROUNDS = 8 };

	for (int i = 0; i < ROUNDS * FILES_WORDS; i++) {
		int n = i < 2 * FILES_WORDS
			? i % FILES_WORDS
			: (int)(random_uniform(random) * FILES_WORDS);

		for (int digit = 0; digit < 3; digit++, n /= LETTERS)
			putc('a' + n % LETTERS, file);
		putc(i % LINE_WORDS == 0 ? '\n' : ' ', file);
	}
}

/* Write a block of words of random letters; others: 1 in 10 has two bytes. */
static void
write_block(FILE *file, struct random *random, bool has_others)
{
	int column = 0;

	while (ftell(file) < FILES_BLOCK - 2) {
		float x = random_uniform(random), y = random_uniform(random);

		if (++column % 64 == 0)
			putc('\n', file);
		else if (x < 0.15f)
			putc(' ', file);
		else if (x < 0.25f && has_others)
			fprintf(file, "\xc3%c", 0xa0 + (int)(y * 30));
		else
			putc('a' + (int)(y * y * LETTERS), file);
	}
	while (ftell(file) < FILES_BLOCK)
		putc('\n', file);
}

static void
write_ascii(FILE *file, struct random *random)
{
	write_block(file, random, false);
}

static void
write_utf8(FILE *file, struct random *random)
{
	write_block(file, random, true);
}

/* Write lines of numbers; a blank line ends a sequence. */
static void
write_numbers(FILE *file, struct random *random, int columns, int decimals)
{
	/* bytes of a sequence: at most 5 before the decimals, and a comma */
	long bytes = (long)SEQUENCE * columns * (decimals + 6) + 1;

	while (ftell(file) < FILES_BLOCK - bytes) {
		for (int i = 0; i < SEQUENCE * columns; i++)
			fprintf(file, "%.*f%c", decimals,
				200 * (double)random_uniform(random) - 100,
				(i + 1) % columns != 0 ? ',' : '\n');
		putc('\n', file);
	}
	while (ftell(file) < FILES_BLOCK)
		putc('\n', file);
}

static void
write_csv(FILE *file, struct random *random)
{
	write_numbers(file, random, 2, 6);
}

static void
write_csv_short(FILE *file, struct random *random)
{
	write_numbers(file, random, 10, 2);
}

static void
write_csv_long(FILE *file, struct random *random)
{
	write_numbers(file, random, 10, 15);
}

static const struct kind {
	const char *name, *many; /* many: the block repeated; NULL: none */
	void (*write)(FILE *file, struct random *random);
} kinds[] = {
	{"text.txt", NULL, write_text},
	{"words.txt", NULL, write_words},
	{"small.txt", "large.txt", write_ascii},
	{"small-utf8.txt", "large-utf8.txt", write_utf8},
	{"small.csv", "large.csv", write_csv},
	{"small-10x2.csv", "large-10x2.csv", write_csv_short},
	{"small-10x15.csv", "large-10x15.csv", write_csv_long},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

bool
files_create(struct files *files, unsigned blocks, struct error *error)
{
	const char *parent = getenv("TMPDIR");

	if (parent == NULL || parent[0] != '/')
		parent = "/tmp";
	files->blocks = blocks;
	snprintf(files->folder, sizeof files->folder, "%s/lstmtui-bench-XXXXXX",
		parent);
	if (mkdtemp(files->folder) != NULL)
		return true;
	error_set(error, "%s: cannot create the folder: %s", files->folder,
		strerror(errno));
	files->folder[0] = '\0';
	return false;
}

char *
files_path(const struct files *files, const char *name,
	char path[FILES_PATH_SIZE])
{
	snprintf(path, FILES_PATH_SIZE, "%s/%s", files->folder, name);
	return path;
}

void
files_destroy(struct files *files)
{
	char path[FILES_PATH_SIZE];
	DIR *folder = files->folder[0] != '\0' ? opendir(files->folder) : NULL;
	const struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
			strcmp(entry->d_name, "..") != 0)
			unlink(files_path(files, entry->d_name, path));
	closedir(folder);
	rmdir(files->folder);
	files->folder[0] = '\0';
}

static bool
write_file(const struct kind *kind, const char *path, struct error *error)
{
	FILE *file = fopen(path, "w");
	struct random random;
	bool is_good;

	if (file == NULL)
		return error_set(error, "%s: %s", path, strerror(errno));
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	kind->write(file, &random);
	is_good = !ferror(file);
	return (fclose(file) == 0 && is_good) ||
		error_set(error, "%s: cannot write the file", path);
}

/* Write a small file once and `blocks` times more. */
static bool
repeat_file(const char *from, const char *to, unsigned blocks,
	struct error *error)
{
	static char block[FILES_BLOCK];
	FILE *input = fopen(from, "r"), *output = fopen(to, "w");
	bool is_good = input != NULL && output != NULL;
	size_t length = is_good ? fread(block, 1, sizeof block, input) : 0;

	for (unsigned i = 0; is_good && i <= blocks; i++)
		is_good = fwrite(block, 1, length, output) == length;
	if (input != NULL)
		fclose(input);
	if (output != NULL)
		is_good = fclose(output) == 0 && is_good;
	return is_good || error_set(error, "%s: cannot write the file", to);
}

bool
files_make(const struct files *files, const char *text, struct error *error)
{
	char path[FILES_PATH_SIZE], many[FILES_PATH_SIZE];

	for (const struct kind *kind = kinds; kind < kinds + KINDS; kind++) {
		bool is_many =
			kind->many != NULL && strstr(text, kind->many) != NULL;

		if (!is_many && strstr(text, kind->name) == NULL)
			continue;
		files_path(files, kind->name, path);
		if (access(path, F_OK) != 0 && !write_file(kind, path, error))
			return false;
		if (!is_many)
			continue;
		files_path(files, kind->many, many);
		if (access(many, F_OK) != 0 &&
			!repeat_file(path, many, files->blocks, error))
			return false;
	}
	return true;
}
