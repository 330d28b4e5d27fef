/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* The tests of one program need a few megabytes. */
#define MEMORY_BYTES_LEAST 512e6

static char program_folder[FOLDER_PATH_SIZE];

static void
make(char path[FOLDER_PATH_SIZE], const char *parent)
{
	int length = snprintf(path, FOLDER_PATH_SIZE, "%s/lstmtui-test-XXXXXX",
		parent);

	ck_assert_int_lt(length, FOLDER_PATH_SIZE);
	ck_assert_msg(mkdtemp(path) != NULL, "no folder %s: %s", path,
		strerror(errno));
}

/*
 * Return true if a folder in memory has room for the tests. On a disk they
 * would mostly wait for fsync.
 */
static bool
is_roomy(const char *path)
{
	struct statvfs status;

	return access(path, W_OK | X_OK) == 0 && statvfs(path, &status) == 0 &&
		(status.f_flag & ST_NOEXEC) == 0 &&
		(double)status.f_bavail * (double)status.f_frsize >=
		MEMORY_BYTES_LEAST;
}

void
folder_setup(void)
{
	const char *parent = getenv("TMPDIR");

	if (parent == NULL || parent[0] != '/')
		parent = is_roomy("/dev/shm") ? "/dev/shm" : "/tmp";
	make(program_folder, parent);
}

void
folder_teardown(void)
{
	folder_remove(program_folder);
	program_folder[0] = '\0';
}

char *
folder_new(char path[FOLDER_PATH_SIZE])
{
	ck_assert_msg(program_folder[0] != '\0',
		"folder_setup is missing among the fixtures");
	make(path, program_folder);
	return path;
}

char *
folder_join(char path[FOLDER_PATH_SIZE], const char *folder, const char *name)
{
	int length = snprintf(path, FOLDER_PATH_SIZE, "%s/%s", folder, name);

	ck_assert_int_lt(length, FOLDER_PATH_SIZE);
	return path;
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

void
folder_remove(const char *path)
{
	struct dirent *entry;
	DIR *folder = opendir(path);

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL) {
		char inner[FOLDER_PATH_SIZE];
		struct stat status;

		if (is_dots(entry->d_name))
			continue;
		folder_join(inner, path, entry->d_name);
		if (lstat(inner, &status) == 0 && S_ISDIR(status.st_mode))
			folder_remove(inner);
		else
			unlink(inner);
	}
	closedir(folder);
	rmdir(path);
}

size_t
folder_count(const char *path)
{
	struct dirent *entry;
	DIR *folder = opendir(path);
	size_t count = 0;

	ck_assert_msg(folder != NULL, "%s: %s", path, strerror(errno));
	while ((entry = readdir(folder)) != NULL)
		if (!is_dots(entry->d_name))
			count++;
	closedir(folder);
	return count;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

char *
file_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	size_t done = 0, room = 0;
	char *bytes = NULL;

	ck_assert_msg(file != NULL, "%s: %s", path, strerror(errno));
	do {
		room = 2 * room + 4096;
		bytes = realloc(bytes, room + 1);
		ck_assert_ptr_nonnull(bytes);
		done += fread(bytes + done, 1, room - done, file);
	} while (done == room);
	ck_assert_msg(!ferror(file), "%s: %s", path, strerror(errno));
	fclose(file);
	bytes[done] = '\0';
	if (length != NULL)
		*length = done;
	return bytes;
}

void
file_write(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");

	ck_assert_msg(file != NULL, "%s: %s", path, strerror(errno));
	ck_assert_msg(fwrite(bytes, 1, length, file) == length &&
			fclose(file) == 0,
		"%s: %s", path, strerror(errno));
}

void
file_write_text(const char *path, const char *text)
{
	file_write(path, text, strlen(text));
}
