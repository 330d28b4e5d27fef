/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/history.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* four buckets form one bucket of the next level; see bucket_size */
_Static_assert(HISTORY_RATIO == 4 && HISTORY_BUCKETS % HISTORY_RATIO == 0,
	"the buckets to merge are adjacent");

void
history_clear(struct history *history)
{
	memset(history, 0, sizeof *history);
	history->last = NAN;
	history->best = NAN;
	history->best_average = NAN;
}

void
history_forget(struct history *history)
{
	history->updates = 0;
}

static uint64_t
bucket_size(size_t level)
{
	return UINT64_C(1) << (2 * level);
}

static uint64_t
bucket_count(const struct history *history, size_t level)
{
	return history->updates / bucket_size(level);
}

static void
store(struct history_level *level, uint64_t number,
	const struct history_bucket *bucket)
{
	if (number < HISTORY_BUCKETS)
		level->head[number] = *bucket;
	level->ring[number % HISTORY_BUCKETS] = *bucket;
}

/* Merge the HISTORY_RATIO buckets before bucket number `end` into one. */
static struct history_bucket
merge(const struct history_bucket *ring, uint64_t end)
{
	struct history_bucket sum = ring[(end - 1) % HISTORY_BUCKETS];
	double mean = 0;

	for (uint64_t i = end - HISTORY_RATIO; i < end; i++) {
		const struct history_bucket *bucket =
			&ring[i % HISTORY_BUCKETS];

		mean += bucket->mean;
		sum.min = fminf(sum.min, bucket->min);
		sum.max = fmaxf(sum.max, bucket->max);
	}
	sum.mean = (float)(mean / HISTORY_RATIO);
	return sum;
}

/*
 * Limit a loss to the range of a float. A diverging run exceeds it; losses of a
 * density may do so in both directions.
 */
static float
as_float(double loss)
{
	return (float)fmax(fmin(loss, FLT_MAX), -FLT_MAX);
}

void
history_add(struct history *history, double loss)
{
	struct history_bucket bucket;
	uint64_t end = ++history->updates;
	double average;

	history->average_sum = HISTORY_DECAY * history->average_sum +
		(1 - HISTORY_DECAY) * loss;
	history->average_weight =
		HISTORY_DECAY * history->average_weight + (1 - HISTORY_DECAY);
	history->last = loss;
	if (!(loss >= history->best))
		history->best = loss;
	bucket.mean = bucket.min = bucket.max = as_float(loss);
	average = history_average(history);
	if (end >= HISTORY_BEST_FROM && !(average >= history->best_average))
		history->best_average = average;
	bucket.average = as_float(average);
	store(&history->level[0], end - 1, &bucket);

	/* every fourth bucket completes a bucket of the next level */
	for (size_t k = 1; k < HISTORY_LEVELS && end % HISTORY_RATIO == 0;
		k++) {
		bucket = merge(history->level[k - 1].ring, end);
		end /= HISTORY_RATIO;
		store(&history->level[k], end - 1, &bucket);
	}
}

/* Copy buckets number [first, end), at most HISTORY_BUCKETS. */
static void
copy_ring(struct history_bucket *to, const struct history_bucket *from,
	uint64_t first, uint64_t end)
{
	size_t at = first % HISTORY_BUCKETS, count = (size_t)(end - first);
	size_t before_wrap = HISTORY_BUCKETS - at;

	assert(first <= end && end - first <= HISTORY_BUCKETS);
	if (before_wrap > count)
		before_wrap = count;
	memcpy(to + at, from + at, before_wrap * sizeof *to);
	memcpy(to, from, (count - before_wrap) * sizeof *to);
}

void
history_follow(struct history *to, const struct history *from)
{
	for (size_t k = 0; k < HISTORY_LEVELS; k++) {
		const struct history_level *level = &from->level[k];
		uint64_t end = bucket_count(from, k);
		uint64_t first = bucket_count(to, k);

		if (first == end)
			break; /* the higher levels have nothing new either */
		if (first < HISTORY_BUCKETS)
			copy_ring(to->level[k].head, level->head, first,
				end < HISTORY_BUCKETS ? end : HISTORY_BUCKETS);
		if (end - first > HISTORY_BUCKETS)
			first = end - HISTORY_BUCKETS;
		copy_ring(to->level[k].ring, level->ring, first, end);
	}
	to->updates = from->updates;
	to->last = from->last;
	to->best = from->best;
	to->best_average = from->best_average;
	to->average_sum = from->average_sum;
	to->average_weight = from->average_weight;
}

/* The number of buckets kept in the head, and in the ring, of a level. */
static size_t
kept_buckets(const struct history *history, size_t level)
{
	uint64_t count = bucket_count(history, level);

	return count < HISTORY_BUCKETS ? (size_t)count : HISTORY_BUCKETS;
}

bool
history_equals(const struct history *one, const struct history *other)
{
	if (one->updates != other->updates ||
		!number_has_same_bits(one->last, other->last) ||
		!number_has_same_bits(one->best, other->best) ||
		!number_has_same_bits(one->best_average, other->best_average) ||
		!number_has_same_bits(one->average_sum, other->average_sum) ||
		!number_has_same_bits(one->average_weight,
			other->average_weight))
		return false;
	for (size_t k = 0; k < HISTORY_LEVELS; k++) {
		size_t bytes =
			kept_buckets(one, k) * sizeof(struct history_bucket);

		if (memcmp(one->level[k].head, other->level[k].head, bytes) !=
				0 ||
			memcmp(one->level[k].ring, other->level[k].ring,
				bytes) != 0)
			return false;
	}
	return true;
}

double
history_average(const struct history *history)
{
	return history->average_weight > 0
		? history->average_sum / history->average_weight
		: NAN;
}

static const struct history_bucket *
find(const struct history *history, size_t level, uint64_t number)
{
	uint64_t count = bucket_count(history, level);

	if (number >= count)
		return NULL;
	if (number < HISTORY_BUCKETS)
		return &history->level[level].head[number];
	if (number + HISTORY_BUCKETS >= count)
		return &history->level[level].ring[number % HISTORY_BUCKETS];
	return NULL;
}

/* Extend a span by the next span; weights are numbers of updates. */
static void
join(struct history_bucket *span, double weight,
	const struct history_bucket *next, double next_weight)
{
	span->mean = (float)((span->mean * weight + next->mean * next_weight) /
		(weight + next_weight));
	span->min = fminf(span->min, next->min);
	span->max = fmaxf(span->max, next->max);
	span->average = next->average;
}

static bool
span_at_level(const struct history *history, size_t level, uint64_t first,
	uint64_t end, struct history_bucket *span)
{
	uint64_t size = bucket_size(level);
	uint64_t from = first / size, to = (end - 1) / size;
	uint64_t count = bucket_count(history, level);
	struct history_bucket rest = {0};
	double mean = 0;

	if (from >= count)
		return false;
	if (to >= count)
		to = count - 1; /* the last bucket is not full yet */
	for (uint64_t i = from; i <= to; i++) {
		const struct history_bucket *bucket = find(history, level, i);

		if (bucket == NULL)
			return false;
		if (i == from)
			*span = *bucket;
		span->min = fminf(span->min, bucket->min);
		span->max = fmaxf(span->max, bucket->max);
		span->average = bucket->average;
		mean += bucket->mean;
	}
	span->mean = (float)(mean / (double)(to - from + 1));
	/* take the remaining updates from the levels below */
	for (size_t below = level; end > count * size && below-- > 0;)
		if (span_at_level(history, below, count * size, end, &rest)) {
			join(span, (double)((to - from + 1) * size), &rest,
				(double)(end - count * size));
			break;
		}
	return true;
}

bool
history_span(const struct history *history, uint64_t first, uint64_t end,
	struct history_bucket *span)
{
	size_t level = 0;

	if (end > history->updates)
		end = history->updates;
	if (first >= end)
		return false;
	/* choose a level at which a few buckets cover the span */
	while (level + 1 < HISTORY_LEVELS &&
		bucket_size(level + 1) <= end - first)
		level++;
	for (; level < HISTORY_LEVELS; level++)
		if (span_at_level(history, level, first, end, span))
			return true;
	return false;
}

bool
history_next(const struct history *history, uint64_t first,
	struct history_bucket *bucket, uint64_t *end)
{
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		uint64_t size = bucket_size(level);
		const struct history_bucket *found =
			find(history, level, first / size);

		if (first % size != 0)
			return false;
		if (found != NULL) {
			*bucket = *found;
			*end = first + size;
			return true;
		}
	}
	return false;
}

/* The number of the first bucket in the ring of a level. */
static uint64_t
tail_start(uint64_t count)
{
	return count > (uint64_t)2 * HISTORY_BUCKETS ? count - HISTORY_BUCKETS
						     : HISTORY_BUCKETS;
}

size_t
history_kept(const struct history *history, size_t level,
	struct history_bucket *buckets)
{
	uint64_t count = bucket_count(history, level);
	size_t kept = 0;

	for (uint64_t i = 0; i < count && i < HISTORY_BUCKETS; i++)
		buckets[kept++] = history->level[level].head[i];
	for (uint64_t i = tail_start(count); i < count; i++)
		buckets[kept++] =
			history->level[level].ring[i % HISTORY_BUCKETS];
	return kept;
}

bool
history_restore(struct history *history, size_t level,
	const struct history_bucket *buckets, size_t count)
{
	uint64_t all = bucket_count(history, level);
	uint64_t tail = tail_start(all);
	size_t head = all < HISTORY_BUCKETS ? (size_t)all : HISTORY_BUCKETS;

	if (count != head + (all > tail ? all - tail : 0))
		return false;
	for (size_t i = 0; i < head; i++)
		store(&history->level[level], i, &buckets[i]);
	for (size_t i = head; i < count; i++)
		store(&history->level[level], tail + (i - head), &buckets[i]);
	return true;
}

void
history_estimate_best(struct history *history)
{
	history->best_average = NAN;
	for (size_t k = 0; k < HISTORY_LEVELS; k++) {
		uint64_t count = bucket_count(history, k);

		for (uint64_t i = 0; i < count; i++) {
			const struct history_bucket *bucket;

			if (i == HISTORY_BUCKETS)
				i = tail_start(count);
			bucket = find(history, k, i);
			assert(bucket != NULL);
			if ((i + 1) * bucket_size(k) >= HISTORY_BEST_FROM &&
				!(bucket->average >= history->best_average))
				history->best_average = bucket->average;
		}
	}
}
