/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format a loss for the screen.
 */
#ifndef LSTMTUI_TUI_LOSS_LABEL_H
#define LSTMTUI_TUI_LOSS_LABEL_H

enum { LOSS_LABEL_SIZE = 32 };

/*
 * Format a loss with four decimals, fewer from 100 on, padded to six columns;
 * "-" for NaN. Returns text.
 */
char *loss_label(char text[LOSS_LABEL_SIZE], double loss);

#endif
