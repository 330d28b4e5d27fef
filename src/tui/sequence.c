/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/sequence.h"

enum {
	BELL = 7,
	ESCAPE = 27,
	/* characters; a longer sequence is none, and its rest are keys */
	CONTROL_MAX = 64,
	STRING_MAX = 4096
};

void
sequence_begin(struct sequence *sequence)
{
	*sequence = (struct sequence){.kind = SEQUENCE_ESCAPE};
}

static enum sequence_result
add_introducer(struct sequence *sequence, uint32_t character)
{
	if (character == '[' || character == 'O')
		sequence->kind = SEQUENCE_CONTROL;
	else if (character == ']')
		sequence->kind = SEQUENCE_STRING;
	else
		return SEQUENCE_IS_CUT;
	return SEQUENCE_CONTINUES;
}

static enum sequence_result
add_parameter(struct sequence *sequence, uint32_t character)
{
	if (sequence->length++ == 0)
		sequence->first = character;
	if (character >= ' ' && character <= '?' &&
		sequence->length < CONTROL_MAX)
		return SEQUENCE_CONTINUES;
	sequence->final = character;
	return SEQUENCE_ENDS;
}

static enum sequence_result
add_text(struct sequence *sequence, uint32_t character)
{
	bool is_number = character >= '0' && character <= '9';

	if (sequence->length == 0 && !is_number)
		return SEQUENCE_IS_CUT;
	if (character == BELL || (sequence->has_escape && character == '\\'))
		return SEQUENCE_ENDS;
	if (sequence->has_escape)
		return SEQUENCE_IS_CUT;
	if (character == ESCAPE) {
		sequence->has_escape = true;
		return SEQUENCE_CONTINUES;
	}
	if (character < ' ')
		return SEQUENCE_IS_CUT;
	if (sequence->length < SEQUENCE_TEXT_SIZE - 1)
		sequence->text[sequence->length] =
			(char)(character < 0x7f ? character : '?');
	return ++sequence->length < STRING_MAX ? SEQUENCE_CONTINUES
					       : SEQUENCE_ENDS;
}

enum sequence_result
sequence_add(struct sequence *sequence, uint32_t character)
{
	switch (sequence->kind) {
	case SEQUENCE_ESCAPE:
		return add_introducer(sequence, character);
	case SEQUENCE_CONTROL:
		return add_parameter(sequence, character);
	case SEQUENCE_STRING:
		return add_text(sequence, character);
	case SEQUENCE_NONE:
		break;
	}
	return SEQUENCE_IS_CUT;
}

bool
sequence_is_bare(const struct sequence *sequence)
{
	return sequence->kind == SEQUENCE_STRING && sequence->length == 0;
}

bool
sequence_is_attributes(const struct sequence *sequence)
{
	return sequence->kind == SEQUENCE_CONTROL && sequence->first == '?' &&
		sequence->final == 'c';
}
