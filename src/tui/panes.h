/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes and bars. Each draws the state it is given and changes nothing
 * but the screen.
 */
#ifndef LSTMTUI_TUI_PANES_H
#define LSTMTUI_TUI_PANES_H

#include <stdbool.h>

#include "tui/app.h"
#include "tui/layout.h"

/* The loss against updates, and its numbers. */
void pane_loss_draw(const struct app *app, struct area area, bool has_box);

/* What the model draws now, over what it learns from. */
void pane_generated_draw(const struct app *app, struct area area, bool has_box);

/* The film strip, inside of that pane. */
void pane_film_draw(const struct app *app, struct area area);

/* The same for a model of texts. */
void pane_text_draw(const struct app *app, struct area area, bool has_box);

/* Progress and settings; one line of them where there is no box. */
void pane_training_draw(const struct app *app, struct area area, bool has_box);

/* A loss in four digits, as wide for each in sight of the usual. */
char *pane_format_loss(char *text, size_t size, double loss);

/* The state, the last message and the keys: a line each. */
void bar_title_draw(const struct app *app, struct area area, bool is_alone);
void bar_message_draw(const struct app *app, struct area area);
void bar_keys_draw(const struct app *app, struct area area);

#endif
