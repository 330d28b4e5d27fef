/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#ifdef HAVE_GETRANDOM
#include <sys/random.h>
#endif
#ifdef HAVE_PR_SET_PDEATHSIG
#include <sys/prctl.h>
#endif

/* MemorySanitizer does not see that discarded pages are zero. */
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define MISSES_ZEROS 1
#endif
#endif

bool
system_random(void *bytes, size_t count)
{
#ifdef HAVE_GETRANDOM
	return getrandom(bytes, count, 0) == (ssize_t)count;
#else
	int descriptor = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (descriptor < 0)
		return false;
	errno = EIO;
	got = read(descriptor, bytes, count);
	close(descriptor);
	return got == (ssize_t)count;
#endif
}

int
system_temporary(char *template)
{
#ifdef HAVE_MKOSTEMP
	return mkostemp(template, O_CLOEXEC);
#else
	int descriptor = mkstemp(template);

	if (descriptor >= 0)
		(void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
	return descriptor;
#endif
}

size_t
system_processors(void)
{
	long count = 0;
#if defined(HAVE_SCHED_GETAFFINITY) && defined(CPU_COUNT)
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
#endif
	if (count < 1)
		count = sysconf(_SC_NPROCESSORS_ONLN);
	return count < 1 ? 1 : (size_t)count;
}

#ifndef HAVE_PR_SET_PDEATHSIG

enum { WATCH_MS = 200, DESCRIPTORS_MAX = 1024 };

/* Wait until one of two processes has ended; this one is a child of `child`. */
static _Noreturn void
watch(pid_t parent, pid_t child)
{
	/* pipes and locks must not seem to be in use */
	for (int i = 0; i < DESCRIPTORS_MAX; i++)
		close(i);
	while (getppid() == child && kill(parent, 0) == 0)
		nanosleep(&(struct timespec){0, WATCH_MS * 1000000L}, NULL);
	if (getppid() == child)
		kill(child, SIGTERM);
	_exit(0);
}

#endif

void
system_end_with_parent(void)
{
#ifdef HAVE_PR_SET_PDEATHSIG
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#else
	pid_t parent = getppid(), child = getpid();

	if (fork() == 0)
		watch(parent, child);
#endif
}

void
system_execute_again(char *const *arguments)
{
#if defined(__linux__) && !defined(USE_FALLBACKS)
	execv("/proc/self/exe", arguments);
#endif
	execvp(arguments[0], arguments);
}

bool
system_discard_pages(char *first, const char *last)
{
#if defined(__linux__) && !defined(USE_FALLBACKS) && !defined(MISSES_ZEROS)
	/* other systems may keep the content */
	return madvise(first, (size_t)(last - first), MADV_DONTNEED) == 0;
#else
	(void)first;
	(void)last;
	return false;
#endif
}

void
system_use_large_pages(void *block, size_t bytes)
{
#if defined(MADV_HUGEPAGE) && !defined(USE_FALLBACKS)
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t before = (uintptr_t)block % page;

	/* where it fails, nothing but time is lost */
	(void)madvise((char *)block - before, bytes + before, MADV_HUGEPAGE);
#else
	(void)block;
	(void)bytes;
#endif
}

struct timespec
system_modified(const struct stat *status)
{
#if defined(HAVE_STRUCT_STAT_ST_MTIM)
	return status->st_mtim;
#elif defined(HAVE_STRUCT_STAT_ST_MTIMESPEC)
	return status->st_mtimespec;
#else
	return (struct timespec){.tv_sec = status->st_mtime};
#endif
}
