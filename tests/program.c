/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#define main program_main
#include "main.c"
