#include "core/dense.h"

#include "core/matrix.h"

void
dense_forward(const struct dense *layer, size_t samples, const float *input,
	float *output)
{
	matrix_fill_rows(samples, layer->outputs, layer->bias, output);
	matrix_multiply(samples, layer->inputs, layer->outputs, input,
		layer->kernel, output);
}

void
dense_backward(const struct dense *layer, size_t samples, const float *input,
	const float *d_output, float *d_input, float *kernel_gradient,
	float *bias_gradient)
{
	/* dW += hᵀ dy   db += Σ dy   dh += dy Wᵀ */
	matrix_transposed_multiply(layer->inputs, samples, layer->outputs,
		input, d_output, kernel_gradient);
	matrix_sum_rows(samples, layer->outputs, d_output, bias_gradient);
	matrix_multiply_transposed(samples, layer->outputs, layer->inputs,
		d_output, layer->kernel, d_input);
}
