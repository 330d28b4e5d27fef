#include "core/lstm.h"

#include "core/matrix.h"

/*
 * z = x W + h₋ R + b, in four blocks:
 *
 *   i = σ(z_i)     f = σ(z_f)     g = tanh(z_c)     o = σ(z_o)
 *   c = f ∘ c₋ + i ∘ g
 *   h = o ∘ tanh(c)
 */
void
lstm_forward(const struct lstm *layer, size_t samples,
	const struct lstm_step *step)
{
	size_t units = layer->units, width = LSTM_GATES * units;

	matrix_fill_rows(samples, width, layer->bias, step->gates);
	matrix_multiply(samples, layer->inputs, width, step->input,
		layer->kernel, step->gates);
	if (step->hidden_before != NULL)
		matrix_multiply(samples, units, width, step->hidden_before,
			layer->recurrent_kernel, step->gates);

	for (size_t s = 0; s < samples; s++) {
		float *input_gate = step->gates + s * width;
		float *forget_gate = input_gate + LSTM_FORGET_GATE * units;
		float *candidate = input_gate + LSTM_CANDIDATE * units;
		float *output_gate = input_gate + LSTM_OUTPUT_GATE * units;
		const float *cell_before = step->cell_before != NULL
			? step->cell_before + s * units : NULL;
		float *cell = step->cell + s * units;
		float *cell_tanh = step->cell_tanh + s * units;
		float *hidden = step->hidden + s * units;

		activation_apply(layer->recurrent_activation, input_gate,
			2 * units);
		activation_tanh(candidate, candidate, units);
		activation_apply(layer->recurrent_activation, output_gate,
			units);
		for (size_t u = 0; u < units; u++)
			cell[u] = input_gate[u] * candidate[u];
		if (cell_before != NULL)
			for (size_t u = 0; u < units; u++)
				cell[u] += forget_gate[u] * cell_before[u];
		activation_tanh(cell, cell_tanh, units);
		for (size_t u = 0; u < units; u++)
			hidden[u] = output_gate[u] * cell_tanh[u];
	}
}

/*
 * From h = o ∘ tanh(c) and c = f ∘ c₋ + i ∘ g, with d· for ∂loss/∂·:
 *
 *   dc  += dh ∘ o ∘ (1 - tanh²(c))
 *   do   = dh ∘ tanh(c)   di = dc ∘ g   df = dc ∘ c₋   dg = dc ∘ i
 *   dz_i = di ∘ σ'(i) ... dz_c = dg ∘ (1 - g²)
 *   dc₋  = dc ∘ f
 */
static void
backward_gates(const struct lstm *layer, size_t samples,
	const struct lstm_step *step, const float *d_hidden, float *d_cell)
{
	enum activation recurrent = layer->recurrent_activation;
	size_t units = layer->units;

	for (size_t s = 0; s < samples; s++) {
		float *input_gate = step->gates + s * LSTM_GATES * units;
		float *forget_gate = input_gate + LSTM_FORGET_GATE * units;
		float *candidate = input_gate + LSTM_CANDIDATE * units;
		float *output_gate = input_gate + LSTM_OUTPUT_GATE * units;

		for (size_t u = 0; u < units; u++) {
			size_t at = s * units + u;
			float i = input_gate[u], f = forget_gate[u];
			float g = candidate[u], o = output_gate[u];
			float tanh_c = step->cell_tanh[at];
			float before = step->cell_before != NULL
				? step->cell_before[at] : 0.0f;
			float dh = d_hidden[at];
			float dc = d_cell[at] +
				dh * o * (1.0f - tanh_c * tanh_c);

			input_gate[u] = dc * g * activation_slope(recurrent, i);
			forget_gate[u] =
				dc * before * activation_slope(recurrent, f);
			candidate[u] = dc * i * (1.0f - g * g);
			output_gate[u] =
				dh * tanh_c * activation_slope(recurrent, o);
			d_cell[at] = dc * f;
		}
	}
}

void
lstm_backward(const struct lstm *layer, size_t samples,
	const struct lstm_step *step, const float *d_hidden, float *d_cell,
	float *d_input, float *d_hidden_before,
	const struct lstm_gradient *gradient)
{
	size_t units = layer->units, width = LSTM_GATES * units;
	const float *d_gates = step->gates;

	backward_gates(layer, samples, step, d_hidden, d_cell);

	/* dW += xᵀ dz   dR += h₋ᵀ dz   db += Σ dz */
	matrix_transposed_multiply(layer->inputs, samples, width, step->input,
		d_gates, gradient->kernel);
	if (step->hidden_before != NULL)
		matrix_transposed_multiply(units, samples, width,
			step->hidden_before, d_gates,
			gradient->recurrent_kernel);
	matrix_sum_rows(samples, width, d_gates, gradient->bias);

	/* dx += dz Wᵀ   dh₋ += dz Rᵀ */
	if (d_input != NULL)
		matrix_multiply_transposed(samples, width, layer->inputs,
			d_gates, layer->kernel, d_input);
	if (d_hidden_before != NULL)
		matrix_multiply_transposed(samples, width, units, d_gates,
			layer->recurrent_kernel, d_hidden_before);
}
