/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The topics of `lstmtui help` about the interface. */
#ifndef LSTMTUI_TUI_HELP_TOPICS_H
#define LSTMTUI_TUI_HELP_TOPICS_H

#include "cli/help_topic.h"

extern const struct help_topic help_topic_keys, help_topic_words;

#endif
