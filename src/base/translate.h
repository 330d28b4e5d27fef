/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The languages of messages, by gettext. A string of the source is the English
 * message and the key of its translation:
 *
 *     _("out of memory")          in code: the translation
 *     N_("a text to print")       in a table: the string itself; whoever prints
 *                                 it translates it, by _(table[i].text)
 *     C_("key bar", "open")       a string of several meanings, with the one
 *     NC_("key bar", "open")      meant: the same two
 *     translate_count("%zu run", "%zu runs", count)
 *
 * A message is a whole sentence, or a whole label: parts of sentences cannot be
 * translated. Only what people read is translated: not what programs read, such
 * as JSON, CSV, logs, model files and the names of options and their values.
 *
 * base/error.h translates the formats of messages itself.
 */
#ifndef LSTMTUI_BASE_TRANSLATE_H
#define LSTMTUI_BASE_TRANSLATE_H

#define _(text) translate(text)
#define N_(text) text
#define NC_(context, text) context "\004" text
#define C_(context, text) translate(NC_(context, text))

/*
 * Use the language of the environment: LANGUAGE, LC_ALL, LC_MESSAGES, LANG. If
 * the encoding of the locale is not UTF-8, messages stay English, since it may
 * lack their characters. LC_CTYPE must be set. Translations are in the folder
 * of the installation, or in that which LSTMTUI_LOCALEDIR names.
 */
void translate_begin(void);

/* From now on, messages are English. */
void translate_end(void);

/*
 * Return the translation of a text, or the text itself without its context.
 * NULL is returned as NULL, "" as "".
 */
const char *translate(const char *text) __attribute__((format_arg(1)));

/* Return the translation for a count; without one, the right English form. */
const char *translate_count(const char *one, const char *many,
	unsigned long long count) __attribute__((format_arg(1), format_arg(2)));

#endif
