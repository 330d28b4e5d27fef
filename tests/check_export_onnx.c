/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export --format onnx`: the nodes, inputs and outputs of
 * each kind of run, the weights against the tensors of the model file, and the
 * wire format. The checkers in clients/ run the same files in ONNX Runtime.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "file/protobuf_writer.h"
#include "here.h"
#include "protobuf.h"
#include "suite.h"

#define MODEL "m.safetensors"

/* Train a small model and export it; the words end with NULL. */
#define EXPORT(...)                                                            \
	do {                                                                   \
		MUST("train", "--quiet", "--seed=5", "--updates=3", "--force", \
			__VA_ARGS__, MODEL);                                   \
		MUST("export", "--quiet", "--force", MODEL, "m.onnx");         \
	} while (0)

/* Numbers of fields, from onnx.proto. */
enum {
	MODEL_IR_VERSION = 1,
	MODEL_PRODUCER = 2,
	MODEL_GRAPH = 7,
	MODEL_OPSET = 8,
	MODEL_METADATA = 14,
	GRAPH_NODE = 1,
	GRAPH_INITIALIZER = 5,
	GRAPH_INPUT = 11,
	GRAPH_OUTPUT = 12,
	NODE_INPUT = 1,
	NODE_OUTPUT = 2,
	NODE_OPERATOR = 4,
	NODE_ATTRIBUTE = 5,
	TENSOR_DIMENSION = 1,
	TENSOR_TYPE = 2,
	TENSOR_NAME = 8,
	TENSOR_BYTES = 9
};

static void
write_data(void)
{
	char text[600] = "";

	while (strlen(text) < 500)
		strcat(text, "to be, or\nnot to \xc3\xa4 be \"so\"\n");
	write_here("text.txt", text);
	write_here("far.csv",
		"a,b\n1000,-3\n1010,-5\n1030,-2\n1020,-9\n"
		"1000,-4\n1050,-1\n");
}

/* The bytes of m.onnx. */
struct onnx {
	char *bytes;
	struct protobuf model, graph;
};

static struct onnx
open_onnx(void)
{
	struct onnx onnx;
	size_t length;

	onnx.bytes = read_here("m.onnx", &length);
	onnx.model = (struct protobuf){(unsigned char *)onnx.bytes, length};
	onnx.graph = protobuf_message(onnx.model, MODEL_GRAPH);
	return onnx;
}

/* ---------------------------------------------------------------------- */
/* The graph as text */

enum { TEXT_SIZE = 8192 };

static void
add_text(char text[TEXT_SIZE], const char *more)
{
	ck_assert_uint_lt(strlen(text) + strlen(more), TEXT_SIZE);
	strcat(text, more);
}

static void
add(char text[TEXT_SIZE], const char *begin, struct protobuf bytes)
{
	add_text(text, begin);
	ck_assert_uint_lt(strlen(text) + bytes.length, TEXT_SIZE);
	strncat(text, (const char *)bytes.at, bytes.length);
}

static void
add_number(char text[TEXT_SIZE], const char *begin, double number)
{
	char digits[32];

	snprintf(digits, sizeof digits, "%s%g", begin, number);
	add_text(text, digits);
}

/* Add an attribute as " name=1,2". */
static void
add_attribute(char text[TEXT_SIZE], struct protobuf attribute)
{
	struct protobuf_field field;
	const char *begin = "=";

	add(text, " ", protobuf_message(attribute, 1));
	while (protobuf_next(&attribute, &field)) {
		float number;

		if (field.number == 3 || field.number == 8) {
			add_number(text, begin, (double)field.value);
		} else if (field.number == 7) {
			byte_order_little(&number, field.bytes.at,
				sizeof number, 1);
			add_number(text, begin, number);
		} else if (field.number == 9) {
			add(text, begin, field.bytes);
		} else {
			continue;
		}
		begin = ",";
	}
}

/* Add the nodes, "operator input input > output attribute=value" each. */
static void
add_nodes(char text[TEXT_SIZE], struct protobuf graph)
{
	for (size_t n = 0; n < protobuf_count(graph, GRAPH_NODE); n++) {
		struct protobuf node = protobuf_nth(graph, GRAPH_NODE, n).bytes;
		struct protobuf_field field;
		struct protobuf rest;

		add(text, "", protobuf_message(node, NODE_OPERATOR));
		for (rest = node; protobuf_next(&rest, &field);)
			if (field.number == NODE_INPUT)
				add(text, " ", field.bytes);
		add_text(text, " >");
		for (rest = node; protobuf_next(&rest, &field);)
			if (field.number == NODE_OUTPUT)
				add(text, " ", field.bytes);
		for (rest = node; protobuf_next(&rest, &field);)
			if (field.number == NODE_ATTRIBUTE)
				add_attribute(text, field.bytes);
		add_text(text, "\n");
	}
}

/* Add the inputs or the outputs, "name type dimension dimension" each. */
static void
add_values(char text[TEXT_SIZE], struct protobuf graph, unsigned number)
{
	for (size_t v = 0; v < protobuf_count(graph, number); v++) {
		struct protobuf value = protobuf_nth(graph, number, v).bytes;
		struct protobuf tensor =
			protobuf_message(protobuf_message(value, 2), 1);
		struct protobuf shape = protobuf_message(tensor, 2);
		struct protobuf_field field;

		add(text, "", protobuf_message(value, 1));
		add_number(text, " ", (double)protobuf_varint(tensor, 1));
		while (protobuf_next(&shape, &field)) {
			if (protobuf_count(field.bytes, 2) > 0)
				add(text, " ",
					protobuf_message(field.bytes, 2));
			else
				add_number(text, " ",
					(double)protobuf_varint(field.bytes,
						1));
		}
		add_text(text, "\n");
	}
}

/* Compare the nodes, the inputs and the outputs of m.onnx with texts. */
static void
expect_graph(const char *nodes, const char *inputs, const char *outputs)
{
	struct onnx onnx = open_onnx();
	char text[TEXT_SIZE] = "";

	add_nodes(text, onnx.graph);
	ck_assert_str_eq(text, nodes);
	text[0] = '\0';
	add_values(text, onnx.graph, GRAPH_INPUT);
	ck_assert_str_eq(text, inputs);
	text[0] = '\0';
	add_values(text, onnx.graph, GRAPH_OUTPUT);
	ck_assert_str_eq(text, outputs);
	free(onnx.bytes);
}

/* ---------------------------------------------------------------------- */
/* The framings */

#define DENSE                                               \
	"MatMul lstm.hidden dense.kernel > dense.product\n" \
	"Add dense.product dense.bias > dense.steps\n"

START_TEST(test_points_from_zero_state)
{
	EXPORT("--framing=one-to-one", "--units=3");
	expect_graph("Transpose input > steps perm=1,0,2\n"
		     "LSTM steps lstm.W lstm.R lstm.B > lstm.Y lstm.Y_h "
		     "lstm.Y_c hidden_size=3\n"
		     "Squeeze lstm.Y one > lstm.hidden\n" DENSE
		     "Transpose dense.steps > output perm=1,0,2\n",
		"input 1 batch time 2\n", "output 1 batch time 2\n");
}
END_TEST

START_TEST(test_states_of_a_sequence)
{
	EXPORT("--framing=sequence", "--units=3");
	expect_graph("Transpose input > steps perm=1,0,2\n"
		     "Shape input > input.shape\n"
		     "Gather input.shape zero > batch\n"
		     "Concat one batch lstm.units > lstm.state_shape axis=0\n"
		     "Expand lstm.initial_h lstm.state_shape > lstm.first_h\n"
		     "Expand lstm.initial_c lstm.state_shape > lstm.first_c\n"
		     "LSTM steps lstm.W lstm.R lstm.B  lstm.first_h "
		     "lstm.first_c > lstm.Y lstm.Y_h lstm.Y_c hidden_size=3\n"
		     "Squeeze lstm.Y one > lstm.hidden\n"
		     "Squeeze lstm.Y_h zero > lstm.final_h\n"
		     "Squeeze lstm.Y_c zero > lstm.final_c\n" DENSE
		     "Transpose dense.steps > output perm=1,0,2\n",
		"input 1 batch time 2\n"
		"lstm.initial_h 1 states 3\nlstm.initial_c 1 states 3\n",
		"output 1 batch time 2\n"
		"lstm.final_h 1 batch 3\nlstm.final_c 1 batch 3\n");
}
END_TEST

START_TEST(test_last_step_of_two_layers)
{
	EXPORT("--framing=many-to-one", "--units=3,2", "--cell=gru",
		"--recurrent-activation=hard-sigmoid");
	expect_graph("Transpose input > steps perm=1,0,2\n"
		     "GRU steps gru.W gru.R gru.B > gru.Y gru.Y_h "
		     "hidden_size=3 linear_before_reset=1 "
		     "activations=HardSigmoid,Tanh activation_alpha=0.2 "
		     "activation_beta=0.5\n"
		     "Squeeze gru.Y one > gru.hidden\n"
		     "GRU gru.hidden gru_1.W gru_1.R gru_1.B > gru_1.Y "
		     "gru_1.Y_h hidden_size=2 linear_before_reset=1 "
		     "activations=HardSigmoid,Tanh activation_alpha=0.2 "
		     "activation_beta=0.5\n"
		     "Squeeze gru_1.Y_h zero > gru_1.hidden\n"
		     "MatMul gru_1.hidden dense.kernel > dense.product\n"
		     "Add dense.product dense.bias > output\n",
		"input 1 batch time 2\n", "output 1 batch 2\n");
}
END_TEST

START_TEST(test_repeated_point)
{
	EXPORT("--framing=one-to-many", "--window=3", "--units=3",
		"--cell=rnn");
	expect_graph("Expand input repeat > steps\n"
		     "RNN steps simple_rnn.W simple_rnn.R simple_rnn.B > "
		     "simple_rnn.Y simple_rnn.Y_h hidden_size=3\n"
		     "Squeeze simple_rnn.Y one > simple_rnn.hidden\n"
		     "MatMul simple_rnn.hidden dense.kernel > dense.product\n"
		     "Add dense.product dense.bias > dense.steps\n"
		     "Transpose dense.steps > output perm=1,0,2\n",
		"input 1 batch 2\n", "output 1 batch 3 2\n");
}
END_TEST

START_TEST(test_probabilities_of_a_text)
{
	struct onnx onnx;
	bool is_found = false;

	EXPORT("--task=text", "--data=text.txt", "--framing=many-to-one",
		"--units=3");
	expect_graph("Transpose input > steps perm=1,0,2\n"
		     "LSTM steps lstm.W lstm.R lstm.B > lstm.Y lstm.Y_h "
		     "lstm.Y_c hidden_size=3\n"
		     "Squeeze lstm.Y_h zero > lstm.hidden\n"
		     "MatMul lstm.hidden dense.kernel > dense.product\n"
		     "Add dense.product dense.bias > dense\n"
		     "Softmax dense > output\n",
		"input 1 batch time 12\n", "output 1 batch 12\n");
	onnx = open_onnx();
	for (size_t i = 0; i < protobuf_count(onnx.model, MODEL_METADATA);
		i++) {
		struct protobuf entry =
			protobuf_nth(onnx.model, MODEL_METADATA, i).bytes;

		if (!protobuf_is(protobuf_message(entry, 1), "vocabulary"))
			continue;
		is_found = true;
		ck_assert(protobuf_is(protobuf_message(entry, 2),
			"[\"\\n\",\" \",\"\\\"\",\",\",\"b\",\"e\",\"n\",\"o\","
			"\"r\",\"s\",\"t\",\"\xc3\xa4\"]"));
	}
	ck_assert(is_found);
	free(onnx.bytes);
}
END_TEST

#define SCALED_INPUT                                         \
	"Sub input offset > input.centred\n"                 \
	"Div input.centred factor > input.scaled\n"          \
	"Cast input.scaled > input.float to=1\n"             \
	"Transpose input.float > steps perm=1,0,2\n"         \
	"LSTM steps lstm.W lstm.R lstm.B > lstm.Y lstm.Y_h " \
	"lstm.Y_c hidden_size=3\n"                           \
	"Squeeze lstm.Y one > lstm.hidden\n" DENSE

START_TEST(test_units_of_the_data)
{
	EXPORT("--data=far.csv", "--framing=one-to-one", "--units=3");
	expect_graph(SCALED_INPUT "Transpose dense.steps > dense perm=1,0,2\n"
				  "Cast dense > output.scaled to=11\n"
				  "Mul output.scaled factor > output.centred\n"
				  "Add output.centred offset > output\n",
		"input 11 batch time 2\n", "output 11 batch time 2\n");
}
END_TEST

START_TEST(test_head_of_a_mixture)
{
	char *output;

	EXPORT("--data=far.csv", "--framing=one-to-one", "--units=3",
		"--loss=mixture", "--mixtures=2");
	expect_graph(SCALED_INPUT "Transpose dense.steps > output perm=1,0,2\n",
		"input 11 batch time 2\n", "output 1 batch time 12\n");
	output = OUTPUT_OF("export", "--force", MODEL, "m.onnx");
	ck_assert_ptr_nonnull(strstr(output, "is scaled.\n"));
	free(output);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The constants */

/* Return the values of a constant of this type and number of values. */
static const unsigned char *
constant(struct protobuf graph, const char *name, uint64_t type, size_t size,
	size_t count)
{
	for (size_t i = 0; i < protobuf_count(graph, GRAPH_INITIALIZER); i++) {
		struct protobuf tensor =
			protobuf_nth(graph, GRAPH_INITIALIZER, i).bytes;
		size_t product = 1;

		if (!protobuf_is(protobuf_message(tensor, TENSOR_NAME), name))
			continue;
		for (size_t d = 0; d < protobuf_count(tensor, TENSOR_DIMENSION);
			d++)
			product *= (size_t)protobuf_nth(tensor,
				TENSOR_DIMENSION, d)
					   .value;
		ck_assert_uint_eq(product, count);
		ck_assert_uint_eq(protobuf_varint(tensor, TENSOR_TYPE), type);
		ck_assert_uint_eq(protobuf_message(tensor, TENSOR_BYTES).length,
			count * size);
		return protobuf_message(tensor, TENSOR_BYTES).at;
	}
	ck_abort_msg("no constant %s", name);
	return NULL;
}

/* Return a number of a constant, which may lie at any address. */
static float
float_at(const unsigned char *values, size_t index)
{
	float value;

	byte_order_little(&value, values + index * sizeof value, sizeof value,
		1);
	return value;
}

/*
 * Compare a constant with a matrix of the model file, [rows, gates · units],
 * from a row on: transposed, its gates at these places of the matrix.
 */
static void
expect_gates(const unsigned char *actual, const struct tensors *model,
	const char *name, size_t first, size_t rows, size_t units,
	const char *places)
{
	size_t length, gates = strlen(places);
	const float *values = tensors_find(model, name, "F32", &length);
	size_t columns = gates * units;

	ck_assert_uint_ge(length, (first + rows) * columns * sizeof *values);
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < columns; c++) {
			size_t from =
				(size_t)(places[c / units] - '0') * units +
				c % units;

			EXPECT(float_at(actual, c * rows + r) ==
					values[(first + r) * columns + from],
				"%s[%zu, %zu]", name, r, from);
		}
}

/* Compare the weights of a layer. */
static void
expect_layer(struct protobuf graph, const struct tensors *model,
	const char *layer, size_t inputs, size_t units, const char *places)
{
	size_t columns = strlen(places) * units;
	char name[64], tensor[64];
	const unsigned char *bias;

	snprintf(name, sizeof name, "%s.W", layer);
	snprintf(tensor, sizeof tensor, "%s.kernel", layer);
	expect_gates(constant(graph, name, 1, 4, columns * inputs), model,
		tensor, 0, inputs, units, places);
	snprintf(name, sizeof name, "%s.R", layer);
	snprintf(tensor, sizeof tensor, "%s.recurrent_kernel", layer);
	expect_gates(constant(graph, name, 1, 4, columns * units), model,
		tensor, 0, units, units, places);
	snprintf(name, sizeof name, "%s.B", layer);
	snprintf(tensor, sizeof tensor, "%s.bias", layer);
	bias = constant(graph, name, 1, 4, 2 * columns);
	expect_gates(bias, model, tensor, 0, 1, units, places);
	/* the bias of the state, which only a GRU has */
	if (strlen(places) == 3)
		expect_gates(bias + columns * sizeof(float), model, tensor, 1,
			1, units, places);
	else
		for (size_t i = 0; i < columns; i++)
			ck_assert(float_at(bias, columns + i) == 0);
}

static void
check_weights(const char *layer, const char *places)
{
	struct onnx onnx = open_onnx();
	struct tensors model;
	size_t length;
	void *values;
	char second[32];

	read_tensors_here(&model, MODEL);
	expect_layer(onnx.graph, &model, layer, 2, 5, places);
	snprintf(second, sizeof second, "%s_1", layer);
	expect_layer(onnx.graph, &model, second, 5, 3, places);
	values = tensors_find(&model, "dense.kernel", "F32", &length);
	ck_assert(tensors_equal_floats(constant(onnx.graph, "dense.kernel", 1,
					       4, 6),
		values, length));
	values = tensors_find(&model, "dense.bias", "F32", &length);
	ck_assert(tensors_equal_floats(constant(onnx.graph, "dense.bias", 1, 4,
					       2),
		values, length));
	tensors_release(&model);
	free(onnx.bytes);
}

START_TEST(test_weights)
{
	EXPORT("--framing=sequence", "--units=5,3");
	check_weights("lstm", "0312");
	EXPORT("--framing=sequence", "--units=5,3", "--cell=gru");
	check_weights("gru", "012");
	EXPORT("--framing=sequence", "--units=5,3", "--cell=rnn");
	check_weights("simple_rnn", "0");
}
END_TEST

static void
expect_doubles(struct protobuf graph, const char *name, double first,
	double second)
{
	double numbers[2];

	byte_order_little(numbers, constant(graph, name, 11, 8, 2),
		sizeof numbers[0], 2);
	ck_assert_double_le(fabs(numbers[0] - first), 1e-9);
	ck_assert_double_le(fabs(numbers[1] - second), 1e-9);
}

static void
expect_sizes(struct protobuf graph, const char *name, uint64_t number,
	size_t count)
{
	const unsigned char *bytes = constant(graph, name, 7, 8, count);

	for (size_t i = 0; i < 8 * count; i++)
		ck_assert_uint_eq(bytes[i], i == 0 ? number : i % 8 == 0);
}

START_TEST(test_other_constants)
{
	struct onnx onnx;

	EXPORT("--data=far.csv", "--framing=one-to-many", "--window=4");
	onnx = open_onnx();
	ck_assert_uint_eq(protobuf_varint(onnx.model, MODEL_IR_VERSION), 8);
	ck_assert(protobuf_is(protobuf_message(onnx.model, MODEL_PRODUCER),
		"lstmtui"));
	ck_assert_uint_eq(protobuf_varint(protobuf_message(onnx.model,
						  MODEL_OPSET),
				  2),
		14);
	expect_sizes(onnx.graph, "repeat", 4, 3);
	expect_sizes(onnx.graph, "zero", 0, 1);
	expect_sizes(onnx.graph, "one", 1, 1);
	/* the mean, and the standard deviation */
	expect_doubles(onnx.graph, "offset", 6110.0 / 6, -4);
	expect_doubles(onnx.graph, "factor", sqrt(3900.0 / 6 - 12100.0 / 36),
		sqrt(40.0 / 6));
	free(onnx.bytes);
}
END_TEST

START_TEST(test_same_bytes)
{
	size_t length, again;
	char *first, *second;

	EXPORT("--framing=sequence", "--units=3,2");
	first = read_here("m.onnx", &length);
	MUST("export", "--quiet", "--format=onnx", MODEL, "again");
	second = read_here("again", &again);
	ck_assert_uint_eq(length, again);
	ck_assert_mem_eq(first, second, length);
	free(first);
	free(second);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The wire format */

START_TEST(test_wire_format)
{
	static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384,
		UINT32_MAX, UINT64_MAX};
	char long_text[301] = "";
	struct bytes bytes = {0};
	struct protobuf message;
	size_t outer, inner;
	struct error error;

	memset(long_text, 'x', sizeof long_text - 1);
	outer = protobuf_begin(&bytes, 1);
	for (int i = 0; i < COUNT(numbers); i++)
		protobuf_add_number(&bytes, 100, numbers[i]);
	inner = protobuf_begin(&bytes, 16);
	protobuf_add_text(&bytes, 3, long_text);
	protobuf_add_float(&bytes, 4, -0.5F);
	protobuf_end(&bytes, inner);
	protobuf_end(&bytes, protobuf_begin(&bytes, 2));
	protobuf_end(&bytes, outer);
	protobuf_add_double(&bytes, 2, 0.1);
	ck_assert(bytes_check(&bytes, &error));

	message = (struct protobuf){bytes.data, bytes.count};
	ck_assert(protobuf_double(message, 2) == 0.1);
	message = protobuf_message(message, 1);
	for (int i = 0; i < COUNT(numbers); i++)
		ck_assert_uint_eq(protobuf_nth(message, 100, (size_t)i).value,
			numbers[i]);
	ck_assert_uint_eq(protobuf_message(message, 2).length, 0);
	message = protobuf_message(message, 16);
	ck_assert(protobuf_is(protobuf_message(message, 3), long_text));
	ck_assert(protobuf_float(message, 4) == -0.5F);
	bytes_release(&bytes);
	/* the description's example: field 1 is 150 */
	protobuf_add_number(&bytes, 1, 150);
	ck_assert_uint_eq(bytes.count, 3);
	ck_assert_mem_eq(bytes.data, "\x08\x96\x01", 3);
	bytes_release(&bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_onnx");
	TCase *framings = add_case(suite, "framings");
	TCase *constants = add_case(suite, "constants");

	tcase_add_checked_fixture(framings, write_data, NULL);
	tcase_add_test(framings, test_points_from_zero_state);
	tcase_add_test(framings, test_states_of_a_sequence);
	tcase_add_test(framings, test_last_step_of_two_layers);
	tcase_add_test(framings, test_repeated_point);
	tcase_add_test(framings, test_probabilities_of_a_text);
	tcase_add_test(framings, test_units_of_the_data);
	tcase_add_test(framings, test_head_of_a_mixture);

	tcase_add_checked_fixture(constants, write_data, NULL);
	tcase_add_test(constants, test_weights);
	tcase_add_test(constants, test_other_constants);
	tcase_add_test(constants, test_same_bytes);
	tcase_add_test(constants, test_wire_format);
	return suite_run(suite);
}
