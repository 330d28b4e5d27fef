/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/words.h"

const struct word word_list[] = {
	{"sequence",
		"The points of a shape or the characters of a text, one "
		"after the other."},
	{"step",
		"One position of a sequence: the network reads one input and "
		"gives one output."},
	{"token",
		"A character, byte or word of a text, as its number in the "
		"vocabulary."},
	{"framing",
		"The rule that cuts a sequence into inputs and targets and "
		"decides whether state is carried."},
	{"target",
		"The true value that an output is compared with; usually the "
		"next point or character."},
	{"layer",
		"Units side by side that read the same input. The next layer "
		"reads their outputs."},
	{"unit",
		"One cell with its gates. A layer of 10 units gives 10 numbers "
		"at each step."},
	{"gate",
		"A factor from 0, closed, to 1, open, computed at each step "
		"from the input and the hidden state."},
	{"cell",
		"The memory of a unit, one number: c = f * c + i * g, with the "
		"previous c on the right."},
	{"input gate",
		"i, the gate that decides how much of the candidate enters the "
		"cell."},
	{"forget gate",
		"f, the gate that decides how much of the previous cell is "
		"kept: 1 keeps all, 0 erases it."},
	{"output gate",
		"o, the gate that decides how much of the cell the unit shows: "
		"h = o * tanh(c)."},
	{"candidate",
		"g, the value from -1 to 1 that a unit proposes to add to its "
		"cell."},
	{"hidden state",
		"h, the output of a unit: the next layer reads it now, its own "
		"layer at the next step."},
	{"state",
		"The numbers that a layer carries to the next step: c and h of "
		"an LSTM, h of other cells."},
	{"weight", "A number that training changes, also called a parameter."},
	{"kernel", "The weights that multiply the input of a layer."},
	{"recurrent kernel",
		"The weights that multiply the hidden state of the previous "
		"step: the way from step to step."},
	{"bias", "A weight that is added whatever the input is."},
	{"dense layer",
		"The last layer: each output is a weighted sum of the units, "
		"plus a bias."},
	{"softmax",
		"Turns scores into probabilities: the exponential of each, "
		"divided by the sum of all."},
	{"mixture",
		"The network predicts a density, a weighted sum of Gaussians, "
		"and points are drawn from it."},
	{"temperature",
		"Divides the scores before a character is drawn: below 1 the "
		"text is safer, above 1 more daring."},
	{"generation",
		"The network reads its own last output as the next input and "
		"so draws or writes by itself."},
	{"teacher forcing",
		"In training the network reads the true sequence, not its own "
		"outputs."},
	{"loss",
		"The error of the predictions as one number, which training "
		"reduces; --loss selects its formula."},
	{"average",
		"The exponential moving average of the loss over about 100 "
		"updates."},
	{"floor",
		"The lowest mean loss that any predictor can reach on this "
		"task; the rest is chance."},
	{"nat",
		"The unit of cross-entropy: a loss of x nats is that of a "
		"guess among e^x equal choices."},
	{"gradient",
		"The derivatives of the loss with respect to the weights: the "
		"direction in which it rises."},
	{"BPTT",
		"Backpropagation through time: the gradient passes from each "
		"step to the steps before it."},
	{"truncated BPTT",
		"BPTT through --sequence-length steps of a text; the state is "
		"carried on, the gradient ends."},
	{"update",
		"One change of the weights by the optimizer, with the gradient "
		"of one batch."},
	{"batch",
		"The sequences that one update learns from; their losses are "
		"averaged."},
	{"epoch",
		"A pass over all training data, of short data several. "
		"Generated shapes have no epochs."},
	{"optimizer",
		"The rule that turns the gradient into an update, such as adam "
		"or sgd."},
	{"learning rate",
		"The step size of the optimizer. If it is too large, the loss "
		"rises or diverges."},
	{"clip",
		"An upper limit for the norm of the gradient. A larger "
		"gradient is scaled down to it."},
	{"dropout",
		"In training, a random part of the outputs of each layer is 0 "
		"and the rest is scaled up."},
	{"validation",
		"The loss over a part of the data that training never reads."},
	{"overfitting",
		"The network learns its data by heart: the training loss still "
		"falls, validation rises."},
	{"snapshot",
		"A shape or a text that was generated at an earlier update. "
		"The film strip shows the snapshots."},
	{"seed",
		"The number that all random numbers of a run follow from: same "
		"seed, same run."},
	{NULL, NULL},
};

size_t
word_count(void)
{
	return sizeof word_list / sizeof word_list[0] - 1;
}
