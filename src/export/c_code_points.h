/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates of C (c_source.h) for points: scaling, sampling of a mixture,
 * generation in each framing, a main function. In a body of the generation, '`'
 * begins a call with two more arguments, the input and where its prediction
 * goes.
 */
#ifndef LSTMTUI_EXPORT_C_CODE_POINTS_H
#define LSTMTUI_EXPORT_C_CODE_POINTS_H

extern const char c_points_scale[];
extern const char c_points_normal[];
extern const char c_points_sample[];
extern const char c_points_sample_rho[];
extern const char c_points_sample_end[];
extern const char c_points_sample_scaled[];
extern const char c_points_sample_plain[];
extern const char c_points_next_mixture[];
extern const char c_points_one_to_one[];
extern const char c_points_one_to_one_body[];
extern const char c_points_sequence[];
extern const char c_points_sequence_body[];
extern const char c_points_many_to_one[];
extern const char c_points_many_to_one_body[];
extern const char c_points_one_to_many[];
extern const char c_points_one_to_many_body[];
extern const char c_points_main_head[];
extern const char c_points_print_plain[];
extern const char c_points_print_scaled[];
extern const char c_points_main[];
extern const char c_points_main_mixture[];
extern const char c_points_main_end[];

#endif
