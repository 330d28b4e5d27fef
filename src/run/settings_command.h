/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that repeats a run. */
#ifndef LSTMTUI_RUN_SETTINGS_COMMAND_H
#define LSTMTUI_RUN_SETTINGS_COMMAND_H

#include "run/run.h"

/*
 * Return a line for a shell, "lstmtui train --task star ... MODEL", which
 * trains a new run with the same settings for as many updates, with all
 * settings that differ from their defaults. Of the names of files the folders
 * are left out: the line is for other people, and run in the folder of the
 * data. NULL if out of memory. Free it.
 */
char *settings_command(const struct run *run, const char *model);

#endif
