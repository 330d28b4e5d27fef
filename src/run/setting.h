/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A setting: a field of a struct with its name, bounds, default and help. The
 * value also has a text form, for the command line, the form and the model
 * file. The settings of a run are fields of struct settings; the other options
 * of a command are fields of struct arguments.
 */
#ifndef LSTMTUI_RUN_SETTING_H
#define LSTMTUI_RUN_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/kind.h"
#include "core/model.h"

enum {
	SETTINGS_PATH_SIZE = 4096,
	SETTINGS_NAMES_SIZE = 1024,
	/* room for any setting's value as text */
	SETTINGS_TEXT_SIZE = SETTINGS_PATH_SIZE
};

struct settings_units {
	size_t layers;
	size_t units[MODEL_LAYERS_MAX];
};

/* Numbers of updates, in increasing order. */
enum { SETTINGS_LIST_MAX = 64 };

struct settings_list {
	size_t count;
	uint64_t update[SETTINGS_LIST_MAX];
};

/* Whether an update is in the list. */
bool settings_list_has(const struct settings_list *list, uint64_t update);

/* Borrowed texts, of an option that may be repeated. */
enum { SETTINGS_TEXTS_MAX = 16 };

struct settings_texts {
	size_t count;
	const char *text[SETTINGS_TEXTS_MAX];
};

enum setting_type {
	SETTING_CHOICE, /* a pointer to a struct that begins with its kind */
	SETTING_UNITS,  /* struct settings_units */
	SETTING_COUNT,  /* uint64_t */
	SETTING_REAL,   /* double */
	SETTING_LIST,   /* struct settings_list */
	SETTING_PATH,   /* copied: char [SETTINGS_PATH_SIZE] */
	SETTING_NAMES,  /* copied: char [SETTINGS_NAMES_SIZE]; may be "" */
	SETTING_TEXT,   /* borrowed: const char * */
	SETTING_TEXTS,  /* struct settings_texts: each value is added */
	SETTING_FLAG    /* bool; takes no argument; as text "yes" */
};

/* What a setting or an option is about, as in the manual. */
enum setting_group {
	SETTING_OF_RUN,
	SETTING_OF_DATA,
	SETTING_OF_TEXT,
	SETTING_OF_TRAINING,  /* weights, log, checkpoints */
	SETTING_OF_INTERFACE, /* options of the interface only */
	SETTING_OF_COMMANDS,  /* options of every command */
	SETTING_GROUPS
};

struct need; /* run/relevance.h */

struct setting {
	const char *option;   /* "learning-rate" */
	const char *key;      /* in the model file: "learning_rate" */
	const char *argument; /* "X"; NULL: a flag */
	const char *summary;
	enum setting_type type;
	enum setting_group group;
	size_t offset;                     /* of the field in its struct */
	double min, max;                   /* of counts and reals */
	const struct kind *const *choices; /* ends with NULL */
	/*
	 * The files that the value names, for completion in a shell: suffixes
	 * such as "csv txt"; "": any file; "/": a folder. NULL: no file.
	 */
	const char *files;
	/*
	 * Of a flag that is the short form of another setting's value: its
	 * field is that setting's choice, and the flag chooses this kind.
	 */
	const struct kind *chooses;

	/*
	 * The default as text, which the program parses and the help shows; a
	 * chosen kind may set another one. NULL: the field is 0.
	 */
	const char *initial;
	const char *shown_default; /* the help shows this instead; or NULL */
	/* value for older files; NULL: the default */
	const char *if_missing;

	/* needs of its effect (run/relevance.h), ending with NULL; or NULL */
	const struct need *const *needs;
	bool may_change; /* when a saved run is resumed */
	bool may_branch; /* when a run goes on from an earlier update */
	bool may_miss;   /* in files of older versions */
};

/*
 * Parse a value into its field of *object. Returns false, with the cause in the
 * message and the field unchanged, if it is invalid.
 */
bool setting_parse(const struct setting *setting, void *object,
	const char *text, struct error *error);

/* Format a value of *object as setting_parse reads it. Returns text. */
char *setting_format(const struct setting *setting, const void *object,
	char text[SETTINGS_TEXT_SIZE]);

/* Return the chosen kind of a setting that is a choice. */
const struct kind *setting_choice(const struct setting *setting,
	const void *object);
void setting_choose(const struct setting *setting, void *object,
	const struct kind *kind);

#endif
