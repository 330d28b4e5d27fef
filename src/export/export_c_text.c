/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in the exporter c: the vocabulary, generation and a main function. */
#include "base/utf8.h"
#include "export/c_code.h"
#include "export/c_code_text.h"
#include "export/export_c_private.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/text.h"

static const struct framing *
framing_of(const struct export_c *export)
{
	return run_settings(export->source->run)->framing;
}

static const struct reset *
reset_of(const struct export_c *export)
{
	return run_settings(export->source->run)->reset_at;
}

/* Whether the state is ever reset between tokens. */
static bool
forgets(const struct export_c *export)
{
	return !framing_of(export)->carries_state ||
		reset_of(export)->line_ends > 0;
}

static bool
has_rule(const struct export_c *export)
{
	return framing_of(export)->carries_state &&
		reset_of(export)->line_ends > 0;
}

static struct reset_rule
rule_of(const struct export_c *export)
{
	return reset_rule_create(reset_of(export),
		run_vocabulary(export->source->run));
}

/* A token of the rule; the number of tokens if there is no such token. */
static size_t
token_or_none(const struct export_c *export, uint32_t token)
{
	return token != UINT32_MAX ? token
				   : run_vocabulary(export->source->run)->count;
}

static void
add_constants(const struct export_c *export)
{
	const struct run *run = export->source->run;
	const struct vocabulary *vocabulary = run_vocabulary(run);
	struct framing_config framing = settings_framing(run_settings(run));
	const struct c_source *out = &export->out;
	struct reset_rule rule = rule_of(export);
	uint32_t opening[RESET_OPENING_MAX];

	c_source_add(out, "enum {\n");
	c_source_add_constant(out, "TOKENS", vocabulary->count,
		"tokens of the vocabulary");
	c_source_add_constant(out, "CHARACTERS", vocabulary->characters,
		vocabulary->is_bytes ? "the first ones, which are bytes"
				     : "the first ones, which are characters");
	if (framing_has_window(framing.framing))
		c_source_add_constant(out, "WINDOW", framing.window,
			"tokens of a window");
	if (has_rule(export)) {
		c_source_add_constant(out, "LINE_FEED",
			token_or_none(export, rule.line_feed),
			"token of a line end; the number of tokens: none");
		c_source_add_constant(out, "CARRIAGE_RETURN",
			token_or_none(export, rule.carriage_return),
			"the other; the number of tokens: none");
		c_source_add_constant(out, "LINE_ENDS",
			reset_of(export)->line_ends,
			"line ends before the network forgets");
	}
	c_source_add_constant(out, "OPENING", reset_opening(&rule, opening),
		"tokens that precede a text");
	c_source_add_constant(out, "LENGTH", run_length(run),
		"tokens of a text, if nothing else is asked for");
	c_source_add(out, "};\n\n");
}

static void
add_state(const struct export_c *export)
{
	const struct c_source *out = &export->out;

	c_source_add(out,
		"/* What the layers remember from step to step. */\n"
		"struct @_memory {\n");
	export_c_add_memory(export);
	c_source_add(out,
		"};\n\n"
		"/* All that the next token depends on. */\n"
		"struct @_state {\n"
		"\tstruct @_memory memory;\n"
		"\tfloat scores[$_TOKENS]; /* of the next token: see @_softmax "
		"*/\n");
	if (has_rule(export))
		c_source_add(out,
			"\tsize_t recent[4], recents; /* the last tokens, and "
			"their number */\n");
	if (framing_of(export)->reads_window)
		c_source_add(out,
			"\tsize_t window[$_WINDOW], windowed; /* the same of "
			"the window */\n");
	if (framing_of(export)->writes_window)
		c_source_add(out,
			"\tsize_t last, used; /* the token read last, and how "
			"often */\n");
	c_source_add(out, "};\n\n");
}

void
export_c_add_text_interface(const struct export_c *export)
{
	const struct c_source *out = &export->out;

	c_source_add(out,
		"/* ---- The interface: a header of yours. ---- */\n\n");
	add_constants(export);
	add_state(export);
	c_source_add(out,
		"/* The vocabulary: the bytes of each token. */\n"
		"struct @_token {\n"
		"\tsize_t size;\n"
		"\tconst char *bytes; /* [size]; may hold zeros */\n"
		"};\n"
		"extern const struct @_token @_vocabulary[$_TOKENS];\n\n"
		"/*\n * Store the tokens of a text of `length` bytes in "
		"tokens[length]. Return their number,\n * (size_t)-1 if the "
		"vocabulary lacks one.\n */\n"
		"size_t @_tokenize(const char *text, size_t length, size_t "
		"*tokens);\n\n"
		"/* Begin anew: forget all that was read. */\n"
		"void @_reset(struct @_state *state);\n\n"
		"/*\n * A step of the network alone: let it read a token, and "
		"store the scores of the\n * next one.\n */\n"
		"void @_step(struct @_state *state, size_t token, float "
		"scores[$_TOKENS]);\n\n"
		"/* The probabilities of scores: exp(score / T), divided by "
		"their sum. */\n"
		"void @_softmax(const float scores[$_TOKENS], double "
		"temperature,\n\tdouble probability[$_TOKENS]);\n\n"
		"/* Read a token as a part of a text, as in training. */\n"
		"void @_read(struct @_state *state, size_t token);\n\n");
	c_source_add(out,
		"/*\n * Draw the token after those read, read it, and return "
		"it. At temperature 0 it is\n * the most probable one. *random "
		"is any number at first, the seed, and the state\n * of the "
		"random numbers then.\n */\n"
		"size_t @_next(struct @_state *state, double temperature, "
		"uint64_t *random);\n\n"
		"/* Complete a text of `length` tokens whose first `given` are "
		"there. */\n"
		"void @_generate(struct @_state *state, size_t given, size_t "
		"length,\n\tsize_t *tokens, double temperature, uint64_t "
		"*random);\n\n");
}

static void
add_vocabulary(const struct export_c *export)
{
	const struct vocabulary *vocabulary =
		run_vocabulary(export->source->run);
	const struct c_source *out = &export->out;

	c_source_add(out,
		"/* ---- The text. ---- */\n\n"
		"const struct @_token @_vocabulary[$_TOKENS] = {\n");
	for (uint32_t token = 0; token < vocabulary->count; token++) {
		char bytes[TEXT_ENCODED_SIZE];
		size_t size = text_encode(vocabulary, token, bytes);

		bytes_add_format(out->bytes, "\t{%zu, ", size);
		c_source_add_string(out, bytes, size);
		bytes_add_text(out->bytes, "},\n");
	}
	c_source_add(out, "};\n\n");
}

/* The class of a character for words: see c_text_words. */
static char
class_of(uint32_t character)
{
	if (utf8_is_letter(character))
		return 'L';
	if (utf8_is_combining(character))
		return 'M';
	if (character == '\'' || character == 0x2019)
		return 'A';
	return character == ' ' ? 'S' : 'O';
}

static void
add_classes(const struct export_c *export)
{
	const struct vocabulary *vocabulary =
		run_vocabulary(export->source->run);
	const struct c_source *out = &export->out;

	c_source_add(out,
		"/* Classes of characters: letters L, marks M, apostrophes A, "
		"the space S, others O. */\n"
		"static const char @_class[$_CHARACTERS] = {");
	for (size_t i = 0; i < vocabulary->characters; i++)
		bytes_add_format(out->bytes, "%s'%c',",
			i % 16 == 0 ? "\n\t" : " ",
			class_of(vocabulary->character[i]));
	c_source_add(out, "\n};\n\n");
}

static void
add_opening(const struct export_c *export)
{
	const struct c_source *out = &export->out;
	struct reset_rule rule = rule_of(export);
	uint32_t opening[RESET_OPENING_MAX];
	size_t count = reset_opening(&rule, opening);

	c_source_add(out,
		"/* The tokens that precede a text: line ends, if there are "
		"any. */\n"
		"static const size_t @_opening[$_OPENING] = {");
	for (size_t i = 0; i < count; i++)
		bytes_add_format(out->bytes, "%s%u", i > 0 ? ", " : "",
			(unsigned)opening[i]);
	c_source_add(out, "};\n\n");
}

static const char *
read_code(const struct export_c *export)
{
	const struct framing *framing = framing_of(export);

	if (framing->carries_state)
		return has_rule(export) ? c_text_read_rule
					: c_text_read_sequence;
	if (framing->reads_window)
		return c_text_read_window;
	return framing->writes_window ? c_text_read_many : c_text_read_one;
}

static void
add_step(const struct export_c *export)
{
	const struct c_source *out = &export->out;

	c_source_add(out, c_code_reset);
	c_source_add(out,
		"void\n@_step(struct @_state *state, size_t token, float "
		"scores[$_TOKENS])\n{\n"
		"\tfloat *y = scores;\n");
	export_c_add_scratch(export);
	export_c_add_step(export, "state->memory.");
	c_source_add(out, "}\n\n");
}

void
export_c_add_text(const struct export_c *export)
{
	bool has_words = run_vocabulary(export->source->run)->words.count > 0;
	const struct c_source *out = &export->out;

	add_step(export);
	c_source_add(out, c_code_random);
	c_source_add(out, c_code_choose);
	c_source_add(out, c_text_softmax);
	add_vocabulary(export);
	if (has_words)
		add_classes(export);
	add_opening(export);
	c_source_add(out, c_text_find);
	if (has_words)
		c_source_add(out, c_text_words);
	c_source_add(out, c_text_tokenize);
	c_source_add(out,
		has_words ? c_text_tokenize_words : c_text_tokenize_plain);
	c_source_add(out, "\n");
	if (has_rule(export))
		c_source_add(out, c_text_reset_rule);
	if (forgets(export))
		c_source_add(out, c_text_forget);
	c_source_add(out, read_code(export));
	c_source_add(out,
		framing_of(export)->writes_window ? c_text_next_many
						  : c_text_next);
	c_source_add(out, c_text_generate);
	c_source_add(out, c_text_main);
}
