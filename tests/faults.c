/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fault injection for the program under test. In a second program,
 * src/lstmtui-faults, the linker replaces functions of the C library by these:
 * the Nth call of one function fails. LSTMTUI_FAULT gives the function, N and
 * the error, as in "write:7:ENOSPC"; LSTMTUI_FAULT_MARK names a file that is
 * created when the fault has occurred. If LSTMTUI_CLOCK is set, the clock jumps
 * back and forth by up to that many seconds. If LSTMTUI_NO_SLEEP is set, the
 * program does not sleep.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *name;
	int number;
} errors[] = {
	{"ENOMEM", ENOMEM},
	{"ENOSPC", ENOSPC},
	{"EIO", EIO},
	{"EACCES", EACCES},
	{"EROFS", EROFS},
	{"EINTR", EINTR},
};

static void
mark(void)
{
	const char *path = getenv("LSTMTUI_FAULT_MARK");

	if (path != NULL)
		mknod(path, S_IFREG | 0600, 0);
}

/* Return true if this call of the function is to fail, with errno set. */
static bool
fails(const char *function)
{
	static long calls;
	const char *wanted = getenv("LSTMTUI_FAULT");
	size_t length = strlen(function);
	char *error;

	if (wanted == NULL || strncmp(wanted, function, length) != 0 ||
		wanted[length] != ':')
		return false;
	if (++calls != strtol(wanted + length + 1, &error, 10))
		return false;
	mark();
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (*error == ':' && strcmp(error + 1, errors[i].name) == 0)
			errno = errors[i].number;
	return true;
}

/* The linker makes the name __real_NAME: no header declares it. */
#define WRAP(type, name, parameters, arguments, failure)                   \
	type __real_##name parameters;                                     \
	type __wrap_##name parameters;                                     \
	type __wrap_##name parameters                                      \
	{                                                                  \
		return fails(#name) ? (failure) : __real_##name arguments; \
	}

WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size),
	NULL)
WRAP(void *, realloc, (void *block, size_t size), (block, size), NULL)
WRAP(int, fsync, (int descriptor), (descriptor), -1)
WRAP(int, rename, (const char *from, const char *to), (from, to), -1)
WRAP(int, mkostemp, (char *name, int flags), (name, flags), -1)
WRAP(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL)
WRAP(FILE *, fdopen, (int descriptor, const char *mode), (descriptor, mode),
	NULL)

/* Only a file that is created uses the mode. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

int
__wrap_open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode = 0;

	if (flags & O_CREAT) {
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	return fails("open") ? -1 : __real_open(path, flags, mode);
}

/* Where a long has 32 bits, those for files of any size have other names. */
#define WRAP_64(name)                                      \
	extern __typeof__(__wrap_##name) __wrap_##name##64 \
		__attribute__((alias("__wrap_" #name)))

WRAP_64(open);
WRAP_64(fopen);
WRAP_64(mkostemp);

/* The descriptor is closed even if close fails. */
int __real_close(int descriptor);
int __wrap_close(int descriptor);

int
__wrap_close(int descriptor)
{
	bool has_failed = fails("close");
	int error = errno, result = __real_close(descriptor);

	if (has_failed)
		errno = error;
	return has_failed ? -1 : result;
}

/* Return true if the fault is "short": half of the read or write is done. */
static bool
is_short(void)
{
	const char *wanted = getenv("LSTMTUI_FAULT");

	return wanted != NULL && strstr(wanted, ":short") != NULL;
}

ssize_t __real_read(int descriptor, void *bytes, size_t count);
ssize_t __wrap_read(int descriptor, void *bytes, size_t count);

ssize_t
__wrap_read(int descriptor, void *bytes, size_t count)
{
	if (!fails("read"))
		return __real_read(descriptor, bytes, count);
	return is_short() && count > 1
		? __real_read(descriptor, bytes, count / 2)
		: -1;
}

/* When a disk fills up, write stores a part of its bytes. */
ssize_t __real_write(int descriptor, const void *bytes, size_t count);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t count);

ssize_t
__wrap_write(int descriptor, const void *bytes, size_t count)
{
	if (!fails("write"))
		return __real_write(descriptor, bytes, count);
	return is_short() && count > 1
		? __real_write(descriptor, bytes, count / 2)
		: -1;
}

int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);

int
__wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
	static unsigned long calls;
	static uint64_t noise = 1;
	static long offset;
	const char *wanted = getenv("LSTMTUI_CLOCK");
	int result = __real_clock_gettime(clock, time);

	if (wanted == NULL)
		return result;
	if (++calls % 64 == 0) {
		noise = noise * UINT64_C(6364136223846793005) +
			UINT64_C(1442695040888963407);
		offset = (long)(noise >> 33) % (atol(wanted) + 1);
	}
	time->tv_sec += offset;
	return result;
}

int __real_nanosleep(const struct timespec *time, struct timespec *left);
int __wrap_nanosleep(const struct timespec *time, struct timespec *left);

int
__wrap_nanosleep(const struct timespec *time, struct timespec *left)
{
	if (getenv("LSTMTUI_NO_SLEEP") != NULL)
		return 0;
	return __real_nanosleep(time, left);
}
