/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/pickle_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "file/file_kind.h"
#include "file/pickle_machine.h"

enum { PROTOCOL_MAX = 5 };

static const struct pickle_global globals[] = {
	{"collections", "OrderedDict", PICKLE_MAKES_DICT, NULL},
	{"torch._utils", "_rebuild_tensor_v2", PICKLE_MAKES_TENSOR, NULL},
	{"torch._utils", "_rebuild_parameter", PICKLE_MAKES_PARAMETER, NULL},
	{"torch", "Size", PICKLE_MAKES_TUPLE, NULL},
	{"torch", "FloatStorage", PICKLE_IS_STORAGE, "F32"},
	{"torch", "DoubleStorage", PICKLE_IS_STORAGE, "F64"},
	{"torch", "HalfStorage", PICKLE_IS_STORAGE, "F16"},
	{"torch", "BFloat16Storage", PICKLE_IS_STORAGE, "BF16"},
	{"torch", "LongStorage", PICKLE_IS_STORAGE, "I64"},
	{"torch", "IntStorage", PICKLE_IS_STORAGE, "I32"},
	{"torch", "ShortStorage", PICKLE_IS_STORAGE, "I16"},
	{"torch", "CharStorage", PICKLE_IS_STORAGE, "I8"},
	{"torch", "ByteStorage", PICKLE_IS_STORAGE, "U8"},
	{"torch", "BoolStorage", PICKLE_IS_STORAGE, "BOOL"},
};

static bool
text_equals(const char *text, const char *bytes, size_t length)
{
	return strlen(text) == length && memcmp(text, bytes, length) == 0;
}

static bool
push_global(struct pickle_machine *machine, const char *module,
	size_t module_length, const char *name, size_t name_length)
{
	struct pickle_value value = {.type = PICKLE_GLOBAL};

	for (size_t i = 0; i < sizeof globals / sizeof globals[0]; i++)
		if (text_equals(globals[i].module, module, module_length) &&
			text_equals(globals[i].name, name, name_length)) {
			value.global = &globals[i];
			return pickle_push(machine, &value);
		}
	error_set(machine->error,
		"the pickle calls '%.*s.%.*s'; only the tensors of a state "
		"dict are read, and nothing is called",
		(int)(module_length < 80 ? module_length : 80), module,
		(int)(name_length < 80 ? name_length : 80), name);
	return error_set_hint(machine->error, file_kind_pickle_hint());
}

/* Take a line; its length excludes the newline. */
static bool
take_line(struct pickle_machine *machine, const char **line, size_t *length)
{
	const unsigned char *end = memchr(machine->bytes + machine->at, '\n',
		machine->size - machine->at);

	if (end == NULL) {
		pickle_damaged(machine);
		return false;
	}
	*line = (const char *)machine->bytes + machine->at;
	*length = (size_t)(end - (machine->bytes + machine->at));
	machine->at += *length + 1;
	return true;
}

static bool
read_global(struct pickle_machine *machine)
{
	const char *module = NULL, *name = NULL;
	size_t module_length = 0, name_length = 0;

	return take_line(machine, &module, &module_length) &&
		take_line(machine, &name, &name_length) &&
		push_global(machine, module, module_length, name, name_length);
}

/* STACK_GLOBAL: the module and the name are on the stack. */
static bool
read_stack_global(struct pickle_machine *machine)
{
	const struct pickle_value *module, *name;
	uint32_t first = 0, second = 0;

	if (!pickle_pop(machine, &second) || !pickle_pop(machine, &first))
		return false;
	module = &machine->pickle->value[first];
	name = &machine->pickle->value[second];
	if (module->type != PICKLE_TEXT || name->type != PICKLE_TEXT)
		return pickle_damaged(machine);
	return push_global(machine, module->text.bytes, module->text.length,
		name->text.bytes, name->text.length);
}

/* Make an OrderedDict of a list of pairs, as Python 2 pickles it. */
static bool
add_pairs(struct pickle_machine *machine, uint32_t dict,
	const struct pickle_value *list)
{
	for (size_t i = 0; i < list->list.count; i++) {
		const struct pickle_value *pair =
			&machine->pickle->value[list->list.item[i]];

		if ((pair->type != PICKLE_LIST && pair->type != PICKLE_TUPLE) ||
			pair->list.count != 2)
			return pickle_damaged(machine);
		if (!pickle_add(machine, &machine->stack, pair->list.item[0]) ||
			!pickle_add(machine, &machine->stack,
				pair->list.item[1]) ||
			!pickle_move_items(machine, dict, 2))
			return false;
	}
	return true;
}

static bool
make_dict(struct pickle_machine *machine, uint32_t arguments)
{
	const struct pickle_value *value;
	uint32_t dict;

	if (!pickle_push_empty(machine, PICKLE_DICT))
		return false;
	dict = machine->stack.number[machine->stack.count - 1];
	value = &machine->pickle->value[arguments];
	if (value->list.count == 0)
		return true;
	value = &machine->pickle->value[value->list.item[0]];
	if (value->type != PICKLE_LIST)
		return pickle_damaged(machine);
	return add_pairs(machine, dict, value);
}

/* REDUCE: what a known name makes of its arguments. */
static bool
reduce(struct pickle_machine *machine)
{
	const struct pickle_value *global, *arguments;
	struct pickle_value tensor = {.type = PICKLE_TENSOR};
	uint32_t function = 0, given = 0;

	if (!pickle_pop(machine, &given) || !pickle_pop(machine, &function))
		return false;
	global = &machine->pickle->value[function];
	arguments = &machine->pickle->value[given];
	if (global->type != PICKLE_GLOBAL || arguments->type != PICKLE_TUPLE)
		return pickle_damaged(machine);
	switch (global->global->role) {
	case PICKLE_MAKES_DICT:
		return make_dict(machine, given);
	case PICKLE_MAKES_TENSOR:
		if (!pickle_push(machine, &tensor) ||
			!pickle_add(machine, &machine->stack, given))
			return false;
		return pickle_append(machine, PICKLE_TENSOR, 1);
	case PICKLE_MAKES_PARAMETER:
	case PICKLE_MAKES_TUPLE:
		return arguments->list.count > 0
			? pickle_add(machine, &machine->stack,
				  arguments->list.item[0])
			: pickle_damaged(machine);
	case PICKLE_IS_STORAGE:
		break;
	}
	return pickle_damaged(machine);
}

/* BINPERSID: a storage, ("storage", its class, its key, a device, a count). */
static bool
read_storage(struct pickle_machine *machine)
{
	const struct pickle *pickle = machine->pickle;
	const struct pickle_value *id = pickle_top(machine, PICKLE_TUPLE);
	const struct pickle_value *class;

	if (id == NULL)
		return false;
	class = pickle_item(pickle, id, 1);
	if (!pickle_is_text(pickle_item(pickle, id, 0), "storage") ||
		class->type != PICKLE_GLOBAL ||
		class->global->role != PICKLE_IS_STORAGE ||
		pickle_item(pickle, id, 2)->type != PICKLE_TEXT ||
		pickle_item(pickle, id, 4)->type != PICKLE_NUMBER)
		return pickle_damaged(machine);
	return pickle_collect(machine, PICKLE_STORAGE, 1);
}

/* BUILD: set the attributes of a dict. */
static bool
build(struct pickle_machine *machine)
{
	struct pickle_value *dict;
	uint32_t state = 0;

	if (!pickle_pop(machine, &state))
		return false;
	dict = pickle_top(machine, PICKLE_DICT);
	if (dict == NULL)
		return false;
	if (machine->pickle->value[state].type == PICKLE_DICT)
		dict->attributes = state;
	return true;
}

/* Remember the top of the stack under a number. */
static bool
put(struct pickle_machine *machine, uint64_t at)
{
	struct pickle_numbers *memo = &machine->memo;

	/* each needs two bytes of the pickle, and they are numbered in turn */
	if (pickle_above_mark(machine) == 0 || at >= machine->size)
		return pickle_damaged(machine);
	while (memo->count <= at)
		if (!pickle_add(machine, memo, 0))
			return false;
	memo->number[at] = machine->stack.number[machine->stack.count - 1];
	return true;
}

static bool
get(struct pickle_machine *machine, uint64_t at)
{
	if (at >= machine->memo.count || machine->memo.number[at] == 0)
		return pickle_damaged(machine);
	return pickle_add(machine, &machine->stack, machine->memo.number[at]);
}

static bool
put_numbered(struct pickle_machine *machine, size_t size)
{
	uint64_t at = 0;

	return pickle_take_number(machine, size, &at) && put(machine, at);
}

static bool
get_numbered(struct pickle_machine *machine, size_t size)
{
	uint64_t at = 0;

	return pickle_take_number(machine, size, &at) && get(machine, at);
}

static bool
read_protocol(struct pickle_machine *machine)
{
	uint64_t protocol = 0;

	if (!pickle_take_number(machine, 1, &protocol))
		return false;
	return protocol <= PROTOCOL_MAX ||
		error_set(machine->error,
			"protocol %d of pickles is not supported",
			(int)protocol);
}

/* Read an opcode that moves values of the stack. */
static bool
run_stack_opcode(struct pickle_machine *machine, unsigned char opcode)
{
	size_t count = 0;
	uint32_t number = 0;

	switch (opcode) {
	case '(': /* MARK */
		return pickle_add(machine, &machine->marks,
			machine->stack.count);
	case '0': /* POP */
		return pickle_pop(machine, &number);
	case '1': /* POP_MARK */
		if (!pickle_pop_mark(machine, &count))
			return false;
		machine->stack.count -= count;
		return true;
	case 'q': /* BINPUT */
		return put_numbered(machine, 1);
	case 'r': /* LONG_BINPUT */
		return put_numbered(machine, 4);
	case 0x94: /* MEMOIZE */
		return put(machine, machine->memo.count);
	case 'h': /* BINGET */
		return get_numbered(machine, 1);
	case 'j': /* LONG_BINGET */
		return get_numbered(machine, 4);
	default:
		return error_set(machine->error,
			"the pickle has an instruction, %d, that no state dict "
			"needs",
			opcode);
	}
}

/* Read an opcode that collects values, or does something with them. */
static bool
run_collecting_opcode(struct pickle_machine *machine, unsigned char opcode)
{
	switch (opcode) {
	case 't': /* TUPLE */
		return pickle_collect_marked(machine, PICKLE_TUPLE);
	case 0x85: /* TUPLE1 */
	case 0x86: /* TUPLE2 */
	case 0x87: /* TUPLE3 */
		return pickle_collect(machine, PICKLE_TUPLE,
			(size_t)opcode - 0x84);
	case 0x91: /* FROZENSET */
		return pickle_collect_marked(machine, PICKLE_LIST);
	case 'a': /* APPEND */
		return pickle_append(machine, PICKLE_LIST, 1);
	case 'e':  /* APPENDS */
	case 0x90: /* ADDITEMS */
		return pickle_append_marked(machine, PICKLE_LIST);
	case 's': /* SETITEM */
		return pickle_append(machine, PICKLE_DICT, 2);
	case 'u': /* SETITEMS */
		return pickle_append_marked(machine, PICKLE_DICT);
	case 'c': /* GLOBAL */
		return read_global(machine);
	case 0x93: /* STACK_GLOBAL */
		return read_stack_global(machine);
	case 'R': /* REDUCE */
		return reduce(machine);
	case 'b': /* BUILD */
		return build(machine);
	case 'Q': /* BINPERSID */
		return read_storage(machine);
	default:
		return run_stack_opcode(machine, opcode);
	}
}

/* Read an opcode and its operands. */
static bool
run_opcode(struct pickle_machine *machine, unsigned char opcode)
{
	uint64_t number = 0;

	switch (opcode) {
	case 0x80: /* PROTO */
		return read_protocol(machine);
	case 0x95: /* FRAME: its length, which a reader of a file needs */
		return pickle_take_number(machine, 8, &number);
	case 'N': /* NONE */
		return pickle_push_empty(machine, PICKLE_NONE);
	case 0x88: /* NEWTRUE */
	case 0x89: /* NEWFALSE */
		return pickle_push_number(machine, opcode == 0x88);
	case 'K': /* BININT1 */
		return pickle_push_unsigned(machine, 1);
	case 'M': /* BININT2 */
		return pickle_push_unsigned(machine, 2);
	case 'J': /* BININT */
		return pickle_push_int32(machine);
	case 0x8a: /* LONG1 */
		return pickle_push_long(machine);
	case 'G': /* BINFLOAT */
		return pickle_push_real(machine);
	case 0x8c: /* SHORT_BINUNICODE */
	case 'U':  /* SHORT_BINSTRING */
	case 'C':  /* SHORT_BINBYTES */
		return pickle_push_text(machine, 1);
	case 'X': /* BINUNICODE */
	case 'B': /* BINBYTES */
		return pickle_push_text(machine, 4);
	case 0x8d: /* BINUNICODE8 */
	case 0x8e: /* BINBYTES8 */
		return pickle_push_text(machine, 8);
	case ')': /* EMPTY_TUPLE */
		return pickle_push_empty(machine, PICKLE_TUPLE);
	case ']':  /* EMPTY_LIST */
	case 0x8f: /* EMPTY_SET */
		return pickle_push_empty(machine, PICKLE_LIST);
	case '}': /* EMPTY_DICT */
		return pickle_push_empty(machine, PICKLE_DICT);
	default:
		return run_collecting_opcode(machine, opcode);
	}
}

/* Run the pickle to its STOP, which leaves one value on the stack. */
static bool
run(struct pickle_machine *machine)
{
	uint64_t opcode = 0;

	for (;;) {
		if (!pickle_take_number(machine, 1, &opcode))
			return false;
		if (opcode == '.')
			break;
		if (!run_opcode(machine, (unsigned char)opcode))
			return false;
	}
	return pickle_pop(machine, &machine->pickle->root);
}

bool
pickle_read(struct pickle *pickle, const unsigned char *bytes, size_t size,
	struct error *error)
{
	struct pickle_machine machine = {
		.pickle = pickle,
		.bytes = bytes,
		.size = size,
		.error = error,
	};
	bool good;

	*pickle = (struct pickle){0};
	if (size > PICKLE_SIZE_MAX)
		return error_set(error,
			"the pickle has %zu bytes, more than a state dict "
			"needs",
			size);
	/* the first value, None, has the number 0 */
	good = pickle_push_empty(&machine, PICKLE_NONE);
	machine.stack.count = 0;
	good = good && run(&machine);
	free(machine.stack.number);
	free(machine.marks.number);
	free(machine.memo.number);
	return good;
}

void
pickle_destroy(struct pickle *pickle)
{
	for (size_t i = 0; i < pickle->values; i++)
		if (pickle_has_items(pickle->value[i].type))
			free(pickle->value[i].list.item);
	free(pickle->value);
	*pickle = (struct pickle){0};
}
