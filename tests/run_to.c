/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_to.h"

#include "session/snapshot.h"

enum run_status
run_step(struct run *run, uint64_t updates, uint64_t work, struct error *error)
{
	uint64_t before = run_updates(run);
	uint64_t until = snapshot_next(run, updates);
	enum run_status status = run_advance(run, until, work, error);

	if (status != RUN_DIVERGED && run_updates(run) > before)
		snapshot_take(run);
	return status == RUN_REACHED && until < updates ? RUN_GOES_ON : status;
}

enum run_status
run_to_in_slices(struct run *run, uint64_t updates, uint64_t work,
	struct error *error)
{
	enum run_status status;

	do
		status = run_step(run, updates, work, error);
	while (status == RUN_GOES_ON);
	return status;
}

enum run_status
run_to(struct run *run, uint64_t updates, struct error *error)
{
	return run_to_in_slices(run, updates, UINT64_MAX, error);
}
