/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void
fuzz_expect(bool holds, const char *promise)
{
	if (holds)
		return;
	fprintf(stderr, "broken: %s\n", promise);
	abort();
}

const struct context *
fuzz_context(void)
{
	static struct context context;
	struct error error;

	if (context.kernel == NULL)
		fuzz_expect(context_create(&context, NULL, 1, &error),
			"there is memory for a context");
	return &context;
}

void
fuzz_expect_refusal(const struct error *error, const char *path)
{
	size_t length = path != NULL ? strlen(path) : 0;

	fuzz_expect(error->text[0] != '\0', "a refusal has a message");
	for (const char *c = error->text; *c != '\0'; c++)
		fuzz_expect((unsigned char)*c >= 0x20 && *c != 0x7f,
			"a message is one line without control characters");
	/* the message for lack of memory has no path */
	if (strcmp(error->text, "out of memory") == 0)
		return;
	if (path == NULL)
		fuzz_expect(error->is_usage, "wrong usage is told as such");
	else
		fuzz_expect(strncmp(error->text, path, length) == 0 &&
				error->text[length] == ':',
			"a message begins with the file's name");
}

void
fuzz_file_open(struct fuzz_file *file, const void *bytes, size_t size)
{
	file->descriptor = memfd_create("lstmtui-fuzz", MFD_CLOEXEC);
	fuzz_expect(file->descriptor >= 0, "there is a file in memory");
	for (size_t done = 0; done < size;) {
		ssize_t written = write(file->descriptor,
			(const char *)bytes + done, size - done);

		fuzz_expect(written > 0, "a file in memory can be written");
		done += (size_t)written;
	}
	snprintf(file->path, sizeof file->path, "/proc/self/fd/%d",
		file->descriptor);
}

void
fuzz_file_close(struct fuzz_file *file)
{
	close(file->descriptor);
}

void
fuzz_folder_new(char path[FUZZ_FOLDER_SIZE])
{
	const char *parent = getenv("TMPDIR");

	if (access("/dev/shm", W_OK | X_OK) == 0)
		parent = "/dev/shm";
	else if (parent == NULL || strlen(parent) > FUZZ_FOLDER_SIZE / 2)
		parent = "/tmp";
	snprintf(path, FUZZ_FOLDER_SIZE, "%s/lstmtui-fuzz-XXXXXX", parent);
	fuzz_expect(mkdtemp(path) != NULL, "there is a temporary folder");
}

unsigned char *
fuzz_read(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	struct stat status;
	unsigned char *bytes;

	fuzz_expect(file != NULL && fstat(fileno(file), &status) == 0,
		"a file that was written is there");
	*size = (size_t)status.st_size;
	/* exact size: sanitizers detect reads beyond the end */
	bytes = malloc(*size > 0 ? *size : 1);
	fuzz_expect(bytes != NULL && fread(bytes, 1, *size, file) == *size,
		"a file that was written can be read");
	fclose(file);
	return bytes;
}
