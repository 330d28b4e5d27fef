/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/words.h"

#include "base/translate.h"

const struct word word_list[] = {
	{N_("sequence"),
		N_("The points of a shape or the characters of a text, one "
		   "after the other.")},
	{N_("step"),
		N_("One position of a sequence: the network reads one input "
		   "and "
		   "gives one output.")},
	{N_("token"),
		N_("A character, byte or word of a text, as its number in the "
		   "vocabulary.")},
	{N_("framing"),
		N_("The rule that cuts a sequence into inputs and targets and "
		   "decides whether state is carried.")},
	{N_("target"),
		N_("The true value that an output is compared with; usually "
		   "the "
		   "next point or character.")},
	{N_("layer"),
		N_("Units side by side that read the same input. The next "
		   "layer "
		   "reads their outputs.")},
	{N_("unit"),
		N_("One cell with its gates. A layer of 10 units gives 10 "
		   "numbers "
		   "at each step.")},
	{N_("gate"),
		N_("A factor from 0, closed, to 1, open, computed at each step "
		   "from the input and the hidden state.")},
	{N_("cell"),
		N_("The memory of a unit, one number: c = f * c + i * g, with "
		   "the "
		   "previous c on the right.")},
	{N_("input gate"),
		N_("i, the gate that decides how much of the candidate enters "
		   "the "
		   "cell.")},
	{N_("forget gate"),
		N_("f, the gate that decides how much of the previous cell is "
		   "kept: 1 keeps all, 0 erases it.")},
	{N_("output gate"),
		N_("o, the gate that decides how much of the cell the unit "
		   "shows: "
		   "h = o * tanh(c).")},
	{N_("candidate"),
		N_("g, the value from -1 to 1 that a unit proposes to add to "
		   "its "
		   "cell.")},
	{N_("hidden state"),
		N_("h, the output of a unit: the next layer reads it now, its "
		   "own "
		   "layer at the next step.")},
	{N_("state"),
		N_("The numbers that a layer carries to the next step: c and "
		   "h of "
		   "an LSTM, h of other cells.")},
	{N_("weight"),
		N_("A number that training changes, also called a parameter.")},
	{N_("kernel"), N_("The weights that multiply the input of a layer.")},
	{N_("recurrent kernel"),
		N_("The weights that multiply the hidden state of the previous "
		   "step: the way from step to step.")},
	{N_("bias"), N_("A weight that is added whatever the input is.")},
	{N_("dense layer"),
		N_("The last layer: each output is a weighted sum of the "
		   "units, "
		   "plus a bias.")},
	{N_("softmax"),
		N_("Turns scores into probabilities: the exponential of each, "
		   "divided by the sum of all.")},
	{N_("mixture"),
		N_("The network predicts a density, a weighted sum of "
		   "Gaussians, "
		   "and points are drawn from it.")},
	{N_("temperature"),
		N_("Divides the scores before a character is drawn: below 1 "
		   "the "
		   "text is safer, above 1 more daring.")},
	{N_("generation"),
		N_("The network reads its own last output as the next input "
		   "and "
		   "so draws or writes by itself.")},
	{N_("teacher forcing"),
		N_("In training the network reads the true sequence, not its "
		   "own "
		   "outputs.")},
	{N_("loss"),
		N_("The error of the predictions as one number, which training "
		   "reduces; --loss selects its formula.")},
	{N_("average"),
		N_("The exponential moving average of the loss over about 100 "
		   "updates.")},
	{N_("floor"),
		N_("The lowest mean loss that any predictor can reach on this "
		   "task; the rest is chance.")},
	{N_("nat"),
		N_("The unit of cross-entropy: a loss of x nats is that of a "
		   "guess among e^x equal choices.")},
	{N_("gradient"),
		N_("The derivatives of the loss with respect to the weights: "
		   "the "
		   "direction in which it rises.")},
	{N_("BPTT"),
		N_("Backpropagation through time: the gradient passes from "
		   "each "
		   "step to the steps before it.")},
	{N_("truncated BPTT"),
		N_("BPTT through --sequence-length steps of a text; the state "
		   "is "
		   "carried on, the gradient ends.")},
	{N_("update"),
		N_("One change of the weights by the optimizer, with the "
		   "gradient "
		   "of one batch.")},
	{N_("batch"),
		N_("The sequences that one update learns from; their losses "
		   "are "
		   "averaged.")},
	{N_("epoch"),
		N_("A pass over all training data, of short data several. "
		   "Generated shapes have no epochs.")},
	{N_("optimizer"),
		N_("The rule that turns the gradient into an update, such as "
		   "adam "
		   "or sgd.")},
	{N_("learning rate"),
		N_("The step size of the optimizer. If it is too large, the "
		   "loss "
		   "rises or diverges.")},
	{N_("clip"),
		N_("An upper limit for the norm of the gradient. A larger "
		   "gradient is scaled down to it.")},
	{N_("dropout"),
		N_("In training, a random part of the outputs of each layer "
		   "is 0 "
		   "and the rest is scaled up.")},
	{N_("validation"),
		N_("The loss over a part of the data that training never "
		   "reads.")},
	{N_("overfitting"),
		N_("The network learns its data by heart: the training loss "
		   "still "
		   "falls, validation rises.")},
	{N_("snapshot"),
		N_("A shape or a text that was generated at an earlier update. "
		   "The film strip shows the snapshots.")},
	{N_("seed"),
		N_("The number that all random numbers of a run follow from: "
		   "same "
		   "seed, same run.")},
	{NULL, NULL},
};

size_t
word_count(void)
{
	return sizeof word_list / sizeof word_list[0] - 1;
}
