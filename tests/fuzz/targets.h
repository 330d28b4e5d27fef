/*
 * What strangers' bytes come to: each target takes any bytes as one kind of
 * input and does what the program would do with it. The fuzzer calls them
 * (driver.c), and the tests do with the inputs that are kept (check_fuzz.c).
 */
#ifndef LSTMTUI_TESTS_FUZZ_TARGETS_H
#define LSTMTUI_TESTS_FUZZ_TARGETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct fuzz_target {
	const char *name; /* of its folder of inputs and its dictionary, too */
	/* whether the bytes are accepted; if not, why */
	bool (*take)(const uint8_t *bytes, size_t size, struct error *error);
};

/* NULL past the last. */
const struct fuzz_target *fuzz_target(size_t index);

/*
 * Let a target take the bytes, and abort where it breaks a promise: what is
 * refused has a message of one line.
 */
bool fuzz_take(const struct fuzz_target *target, const uint8_t *bytes,
	size_t size, struct error *error);

#endif
