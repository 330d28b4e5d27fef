/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/keys.h"

#include "tui/input.h"

/* A larger count than this is a slip of the fingers. */
#define COUNT_MAX UINT64_C(1000000000)

static const struct key_binding bindings[] = {
	{{' '}, "Space", "Space", "pause", "run or pause", app_toggle_running},
	{{'s'}, "s", "s", "step",
		"one update, then pause; 100s makes a hundred", app_step},
	{{'?', INPUT_F1}, "?", "?", "help", "this help (also F1)", app_help},
	{{'q', INPUT_F10}, "q", "q", "quit",
		"leave (also F10); asks when there is unsaved progress",
		app_quit},
	{{'+', '='}, "+", "+ -", "speed",
		"more updates a second, up to unlimited", app_faster},
	{{'-', '_'}, "-", NULL, NULL, "fewer updates a second, down to one",
		app_slower},
	{{'w'}, "w", "w", "save", "save the model", app_save},
	{{'W'}, "W", NULL, NULL, "save under another name", app_save_as},
	{{'g'}, "g", "g", "generate", "let the model draw, point by point",
		app_generate},
	{{'f'}, "f", "f", "film", "film strip of what it drew on its way",
		app_toggle_film},
	{{'d'}, "d", NULL, NULL, "many drawings of a mixture at once",
		app_toggle_cloud},
	{{'>'}, ">", "< >", "temperature",
		"write a text more daringly: temperature", app_warmer},
	{{'<'}, "<", NULL, NULL, "write a text more carefully", app_colder},
	{{'r'}, "r", "r", "reset", "begin again with the same seed; asks",
		app_reset},
	{{'R'}, "R", NULL, NULL, "begin again with a new seed; asks",
		app_reset_new_seed},
	{{'n'}, "n", "n", "new", "a form for a new run", app_new_run},
	{{']'}, "]", "[ ]", "rate", "raise the learning rate", app_raise_rate},
	{{'['}, "[", NULL, NULL, "lower the learning rate", app_lower_rate},
	{{'e'}, "e", "e", "extend", "more updates; 500e adds 500", app_extend},
	{{'l'}, "l", "l", "log", "loss axis logarithmic or linear",
		app_toggle_log_y},
	{{'x'}, "x", "x", "axis",
		"update axis: whole run, logarithmic, or recent part",
		app_next_x},
	{{'t'}, "t", "t", "training", "show or hide what is learnt from",
		app_toggle_training},
	{{'\t'}, "Tab", "Tab", "panes", "one pane large, the next, all again",
		app_next_zoom},
	{{INPUT_BACKTAB}, "Shift-Tab", NULL, NULL, "the same backwards",
		app_previous_zoom},
	{{INPUT_CONTROL_L}, "Ctrl-L", NULL, NULL, "draw the screen anew",
		app_redraw},
	/* of these the terminal makes signals; of Ctrl-C not always */
	{{INPUT_CONTROL_C}, "Ctrl-C", NULL, NULL,
		"save and leave; asks where there is no name to save under",
		app_interrupt},
	{{0}, "Ctrl-Z", NULL, NULL, "stop for a while; fg in the shell goes on",
		NULL},
};

const struct key_binding *
key_bindings(size_t *count)
{
	*count = sizeof bindings / sizeof bindings[0];
	return bindings;
}

static void
type_digit(struct app *app, int digit)
{
	uint64_t count = app->count * 10 + (uint64_t)digit;

	if (count <= COUNT_MAX)
		app->count = count;
}

void
keys_press(struct app *app, int key)
{
	uint64_t count = app->count;

	if (key >= (count > 0 ? '0' : '1') && key <= '9') {
		type_digit(app, key - '0');
		return;
	}
	app->count = 0;
	if (key == INPUT_ESCAPE) {
		app_say(app, ROLE_NORMAL, "%s", "");
		return;
	}
	for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++)
		for (int k = 0; k < KEYS_EACH; k++)
			if (bindings[i].key[k] == key && key != 0) {
				bindings[i].act(app, count);
				return;
			}
}
