#include "core/crew.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* Looks at the next piece of work before a thread goes to sleep. */
enum { SPINS = 2000 };

struct member {
	pthread_t thread;
	bool is_there;
	atomic_uint asked, done; /* counts of pieces of work */
	size_t from, to;
};

static struct {
	size_t size; /* 0: not known yet */
	struct member member[CREW_MOST]; /* [0] is the caller: not used */
	void (*work)(void *context, size_t from, size_t to);
	void *context;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	unsigned sleepers; /* under the mutex */
} crew = {.mutex = PTHREAD_MUTEX_INITIALIZER,
	.wake = PTHREAD_COND_INITIALIZER};

static void
pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#endif
}

/* Wait for the next piece after the n-th: a while awake, then asleep. */
static void
wait_for_work(struct member *member, unsigned n)
{
	for (int i = 0; i < SPINS; i++) {
		if (atomic_load(&member->asked) != n)
			return;
		pause_briefly();
	}
	pthread_mutex_lock(&crew.mutex);
	crew.sleepers++;
	while (atomic_load(&member->asked) == n)
		pthread_cond_wait(&crew.wake, &crew.mutex);
	crew.sleepers--;
	pthread_mutex_unlock(&crew.mutex);
}

static void *
live(void *argument)
{
	struct member *member = argument;
	unsigned n = 0;

	for (;;) {
		wait_for_work(member, n);
		n++;
		if (member->from < member->to)
			crew.work(crew.context, member->from, member->to);
		atomic_store(&member->done, n);
	}
	return NULL;
}

/* Signals are for the first thread alone. */
static bool
hire(struct member *member)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	member->is_there =
		pthread_create(&member->thread, NULL, live, member) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (member->is_there)
		pthread_detach(member->thread);
	return member->is_there;
}

static size_t
processors(void)
{
	long count = 1;
#ifdef CPU_COUNT
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
#else
	count = sysconf(_SC_NPROCESSORS_ONLN);
#endif
	return count < 1 ? 1 : count > CREW_MOST ? CREW_MOST : (size_t)count;
}

size_t
crew_size(void)
{
	if (crew.size == 0)
		crew.size = processors();
	return crew.size;
}

void
crew_set_size(size_t size)
{
	crew.size = size < 1 ? 1 : size > CREW_MOST ? CREW_MOST : size;
}

static void
ask(size_t members, size_t first, size_t count)
{
	for (size_t i = 1; i < members; i++) {
		struct member *member = &crew.member[i];

		member->from = first + i * count / members;
		member->to = first + (i + 1) * count / members;
		atomic_fetch_add(&member->asked, 1);
	}
	pthread_mutex_lock(&crew.mutex);
	if (crew.sleepers > 0)
		pthread_cond_broadcast(&crew.wake);
	pthread_mutex_unlock(&crew.mutex);
}

/* Wait until a member has done what it was asked last. */
static void
wait_for(struct member *member)
{
	unsigned asked = atomic_load(&member->asked);

	for (unsigned i = 0; atomic_load(&member->done) != asked; i++)
		if (i < SPINS)
			pause_briefly();
		else
			sched_yield();
}

void
crew_run(void (*work)(void *context, size_t from, size_t to), void *context,
	size_t first, size_t last)
{
	size_t members = crew_size(), count = last - first;

	for (size_t i = 1; i < members; i++)
		if (!crew.member[i].is_there && !hire(&crew.member[i]))
			members = i;
	crew.work = work;
	crew.context = context;
	if (members > 1)
		ask(members, first, count);
	work(context, first, first + count / members);
	for (size_t i = 1; i < members; i++)
		wait_for(&crew.member[i]);
}
