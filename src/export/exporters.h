/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exporters, each in a file of its own. */
#ifndef LSTMTUI_EXPORT_EXPORTERS_H
#define LSTMTUI_EXPORT_EXPORTERS_H

#include "export/exporter.h"

extern const struct exporter exporter_c, exporter_csv, exporter_svg;
/* not in the list: the film of exporter_svg */
extern const struct exporter exporter_film;
extern const struct exporter exporter_png, exporter_pdf;
extern const struct exporter exporter_keras, exporter_keras_weights;
extern const struct exporter exporter_npz, exporter_onnx, exporter_tfjs;
extern const struct exporter exporter_html, exporter_torch;

#endif
