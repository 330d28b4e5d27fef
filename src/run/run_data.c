/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run_data.h"

#include "run/run_state.h"
#include "run/run_view.h"

bool
run_data_read(struct sequences *data, const struct run *run, const char *path,
	bool holds_out, struct error *error)
{
	const struct settings *settings = run_settings(run);
	struct sequences_config config = settings_sequences(settings);

	if (path != settings->data)
		config.bytes = NULL;
	config.path = path;
	config.features = run_features(run);
	if (!sequences_read(data, &config, error))
		return false;
	sequences_scale(data, run_scaling(run));
	if (holds_out && run_state_validates(settings))
		sequences_hold_out(data, settings->validation);
	return true;
}
