/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/share.h"

#include <math.h>

#define INTERVAL_MAX 0.2

double
share_earn(struct share *share, double now)
{
	share->saved =
		fmin(share->saved + SHARE_OF_INSPECTION * (now - share->last),
			SHARE_SAVED_MAX);
	share->last = now;
	return share->saved;
}

void
share_spend(struct share *share, double seconds)
{
	share->saved -= seconds;
}

double
share_frame_interval(double seconds, double min)
{
	return fmin(fmax(seconds / SHARE_OF_FRAMES, min), INTERVAL_MAX);
}
