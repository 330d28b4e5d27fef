/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates of C (c_source.h) for texts: softmax, resets of the state, reading
 * and writing in each framing, tokens of a text, a main function.
 */
#ifndef LSTMTUI_EXPORT_C_CODE_TEXT_H
#define LSTMTUI_EXPORT_C_CODE_TEXT_H

extern const char c_text_softmax[];
extern const char c_text_reset_rule[];
extern const char c_text_forget[];
extern const char c_text_read_sequence[];
extern const char c_text_read_rule[];
extern const char c_text_read_one[];
extern const char c_text_read_window[];
extern const char c_text_read_many[];
extern const char c_text_next[];
extern const char c_text_next_many[];
extern const char c_text_generate[];
extern const char c_text_find[];
extern const char c_text_words[];
extern const char c_text_tokenize[];
extern const char c_text_tokenize_plain[];
extern const char c_text_tokenize_words[];
extern const char c_text_main[];

#endif
