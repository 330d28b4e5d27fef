/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates of C (c_source.h) for the parts of a network: products, the cells
 * with their equations, random numbers.
 */
#ifndef LSTMTUI_EXPORT_C_CODE_H
#define LSTMTUI_EXPORT_C_CODE_H

extern const char c_code_products[];
extern const char c_code_look_up[];
extern const char c_code_sigmoid[];
extern const char c_code_hard_sigmoid[];
extern const char c_code_lstm[];
extern const char c_code_gru[];
extern const char c_code_rnn[];
extern const char c_code_reset[];
extern const char c_code_random[];
extern const char c_code_choose[];

#endif
