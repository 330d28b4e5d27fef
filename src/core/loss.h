/*
 * The losses: how far the predictions are from the targets, and the gradient
 * of that with respect to the predictions. A loss is a mean over features
 * and over all the predicted points of an update.
 */
#ifndef LSTMTUI_CORE_LOSS_H
#define LSTMTUI_CORE_LOSS_H

#include <stddef.h>

enum loss {
	LOSS_MAE, /* mean |prediction - target| */
	LOSS_MSE  /* mean (prediction - target)² */
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *loss_name(size_t loss);
const char *loss_summary(size_t loss);

/*
 * Sum the errors of predictions[samples, features] against targets of the
 * same shape, and write gradients[samples, features], the derivative of
 * scale times that sum (d|x|/dx at 0 is 0). Rows whose weight is 0 count
 * for nothing; weights[samples] may be NULL: every row counts.
 * Returns the sum, not scaled; NaN or infinity where the numbers are so.
 */
double loss_sum(enum loss loss, size_t samples, size_t features,
	const float *predictions, const float *targets, const float *weights,
	float scale, float *gradients);

#endif
