/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the exporter c: the network, and points or a text around it. */
#ifndef LSTMTUI_EXPORT_EXPORT_C_PRIVATE_H
#define LSTMTUI_EXPORT_EXPORT_C_PRIVATE_H

#include "export/c_source.h"
#include "export/export_source.h"

/* A source that is being written. */
struct export_c {
	struct c_source out;
	const struct export_source *source; /* borrowed */
};

/* The fields of a state: what each layer remembers. */
void export_c_add_memory(const struct export_c *export);

/*
 * The functions of the layers; the declarations of scratch memory of a step,
 * and its lines from the first product to the outputs y. `state` is what
 * precedes a field of the memory. The input is x or, of a text, the token.
 */
void export_c_add_layers(const struct export_c *export);
void export_c_add_scratch(const struct export_c *export);
void export_c_add_step(const struct export_c *export, const char *state);

/* The interface, and the functions after the weights, of points and texts. */
void export_c_add_points_interface(const struct export_c *export);
void export_c_add_points(const struct export_c *export);
void export_c_add_text_interface(const struct export_c *export);
void export_c_add_text(const struct export_c *export);

#endif
