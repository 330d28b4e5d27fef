/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A loss as it stands on the screen.
 */
#ifndef LSTMTUI_TUI_LOSS_LABEL_H
#define LSTMTUI_TUI_LOSS_LABEL_H

enum { LOSS_LABEL_SIZE = 32 };

/*
 * The loss with four digits behind the point, fewer for large ones, and as
 * wide for all of the usual ones. Returns text.
 */
char *loss_label(char text[LOSS_LABEL_SIZE], double loss);

#endif
