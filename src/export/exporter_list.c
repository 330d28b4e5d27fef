/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/exporters.h"

const struct kind *const exporter_list[] = {
	&exporter_onnx.kind,
	&exporter_keras.kind,
	&exporter_keras_weights.kind,
	&exporter_tfjs.kind,
	&exporter_torch.kind,
	&exporter_npz.kind,
	&exporter_c.kind,
	&exporter_html.kind,
	&exporter_csv.kind,
	&exporter_svg.kind,
	&exporter_png.kind,
	&exporter_pdf.kind,
	NULL,
};
