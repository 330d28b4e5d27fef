/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/orthogonal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Sweeps of projections that keep float rows orthogonal to rounding. */
enum { SWEEPS = 2 };

/* ---------------------------------------------------------------------- */
/* Small matrices: row by row. */

/* Make row i of values[rows, columns] orthogonal to rows [from, to). */
static void
project_out(const struct kernel *kernel, float *values, size_t columns,
	size_t i, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++)
		kernel->project(columns, values + k * columns,
			values + i * columns);
}

static void
normalize(float *row, size_t columns)
{
	double square = 0;

	for (size_t j = 0; j < columns; j++)
		square += (double)row[j] * row[j];
	for (size_t j = 0; j < columns; j++)
		row[j] /= (float)sqrt(square);
}

/*
 * Modified Gram-Schmidt process with SWEEPS sweeps per row. Rows are projected
 * in groups, while the earlier rows are in the cache.
 */
static bool
orthonormalize_rows(const struct kernel *kernel, float *values, size_t rows,
	size_t columns, const struct progress *progress)
{
	enum { TOGETHER = 8 };

	for (size_t first = 0; first < rows; first += TOGETHER) {
		size_t last = first + TOGETHER < rows ? first + TOGETHER : rows;

		if (!progress_report(progress,
			    (double)first * (double)first /
				    ((double)rows * (double)rows)))
			return false;
		for (size_t k = 0; k < SWEEPS * first; k++)
			for (size_t i = first; i < last; i++)
				project_out(kernel, values, columns, i,
					k % first, k % first + 1);
		for (size_t i = first; i < last; i++) {
			for (int sweep = 0; sweep < SWEEPS; sweep++)
				project_out(kernel, values, columns, i, first,
					i);
			normalize(values + i * columns, columns);
		}
	}
	return true;
}

static bool
draw_by_rows(const struct kernel *kernel, float *values, size_t rows,
	size_t columns, struct random *random, const struct progress *progress,
	struct error *error)
{
	random_normals(random, rows * columns, values);
	return orthonormalize_rows(kernel, values, rows, columns, progress) ||
		error_set(error, "interrupted");
}

/* ---------------------------------------------------------------------- */
/*
 * Large matrices: by panels. A panel has as many rows as four vectors have
 * lanes, and is stored transposed, [columns, width]. For panel p, once the
 * panels before it are orthonormal:
 *
 *   C_q = P_qᵀ P_p,  P_p -= Σ_q P_q C_q            for all q < p
 *   G = P_pᵀ P_p = T Tᵀ,  P_p = P_p T⁻ᵀ            (Cholesky; T triangular)
 *
 * One sweep is enough for a wide matrix: with three times as many columns as
 * rows, a normal random matrix has singular values within a factor of 4 of each
 * other (Davidson and Szarek 2001), so that nothing is lost to cancellation.
 *
 * The last rows of a square matrix lose most of their length. Such a matrix has
 * SWEEPS sweeps, and the rows within a panel are made orthonormal one by one,
 * in double precision: the Gram matrix G may be singular to rounding.
 */
enum {
	RATIO_WIDE = 3, /* min ratio of columns to rows of a wide matrix */
	WIDTH_MAX = 4 * KERNEL_LANES_MAX,
	CHUNK = 128,     /* rows of a panel that fit into the cache */
	TOGETHER = 2,    /* panels that a chunk is projected on at once */
	DRAW_COST = 500, /* cost of a normal number, in multiply-adds */
	ROW_COST = 8, /* the same of orthonormalize_panel, for each product */
	/* multiply-adds between two reports, some hundredths of a second */
	REPORT_COST = 400000000
};

struct panels {
	const struct context *context;
	size_t rows, columns;
	size_t width, count; /* rows in a panel; number of panels */
	float *panel;        /* [count, columns, width] */
	float *product;      /* [count, width, width]: C_q, later -C_q */
	size_t current;      /* index of the current panel p */
	const float *factor; /* [width, width]: T⁻ᵀ */
	float *row;          /* [width, columns]: rows of a panel; NULL: wide */
	double cost, total;  /* done and in total, for progress reports */
	const struct progress *progress;
};

static bool
is_wide(size_t rows, size_t columns)
{
	return columns / RATIO_WIDE >= rows;
}

static float *
panel_of(const struct panels *panels, size_t p)
{
	return panels->panel + p * panels->columns * panels->width;
}

/* Rows `first` and up of the `count` panels from q on, side by side. */
static struct kernel_rows
rows_of(const struct panels *panels, size_t q, size_t first, size_t count)
{
	return (struct kernel_rows){
		.base = panel_of(panels, q) + first * panels->width,
		.row_stride = panels->width,
		.block_stride = panels->columns * panels->width,
		.block = panels->width,
		.count = count * panels->width,
	};
}

/* Compute C_q for panels q in [from, to); for the current panel this is G. */
static void
multiply_panels(void *argument, size_t from, size_t to)
{
	const struct panels *panels = argument;
	size_t width = panels->width, size = width * width;
	_Alignas(MEMORY_ALIGNMENT) float part[WIDTH_MAX * WIDTH_MAX];

	for (size_t q = from; q < to; q++) {
		float *sum = panels->product + q * size;

		memset(sum, 0, size * sizeof *sum);
		for (size_t j = 0; j < panels->columns; j += CHUNK) {
			size_t rest = panels->columns - j;
			struct kernel_rows a = rows_of(panels, q, j, 1);

			panels->context->kernel->gemm_tn(rest < CHUNK ? rest
								      : CHUNK,
				KERNEL_COLUMNS, &a,
				panel_of(panels, panels->current) + j * width,
				width, part, width);
			for (size_t i = 0; i < size; i++)
				sum[i] += part[i];
		}
	}
}

/* P_p -= Σ P_q C_q for chunks [from, to) of rows. */
static void
project_chunks(void *argument, size_t from, size_t to)
{
	const struct panels *panels = argument;
	size_t width = panels->width;

	for (size_t chunk = from; chunk < to; chunk++) {
		size_t first = chunk * CHUNK, rest = panels->columns - first;
		float *p = panel_of(panels, panels->current) + first * width;

		for (size_t q = 0; q < panels->current; q += TOGETHER) {
			size_t left = panels->current - q;
			struct kernel_rows a = rows_of(panels, q, first,
				left < TOGETHER ? left : TOGETHER);

			panels->context->kernel->gemm(rest < CHUNK ? rest
								   : CHUNK,
				&a, panels->product + q * width * width, p);
		}
	}
}

/* P_p = P_p T⁻ᵀ for chunks [from, to) of rows. */
static void
scale_chunks(void *argument, size_t from, size_t to)
{
	const struct panels *panels = argument;
	size_t width = panels->width;
	_Alignas(MEMORY_ALIGNMENT) float scaled[CHUNK * WIDTH_MAX];

	for (size_t chunk = from; chunk < to; chunk++) {
		size_t first = chunk * CHUNK, rest = panels->columns - first;
		size_t rows = rest < CHUNK ? rest : CHUNK;
		struct kernel_rows a =
			rows_of(panels, panels->current, first, 1);

		memset(scaled, 0, rows * width * sizeof *scaled);
		panels->context->kernel->gemm(rows, &a, panels->factor, scaled);
		memcpy(panel_of(panels, panels->current) + first * width,
			scaled, rows * width * sizeof *scaled);
	}
}

/*
 * Run parts in the thread pool, with a progress report after every REPORT_COST.
 * `cost` is the multiply-adds per part.
 */
static bool
run_parts(struct panels *panels, void (*work)(void *, size_t, size_t),
	size_t parts, double cost)
{
	/* the first panel is not projected: its cost is 0 */
	size_t step = REPORT_COST < cost * (double)parts
		? (size_t)(REPORT_COST / cost) + 1
		: parts;

	for (size_t first = 0; first < parts; first += step) {
		size_t last = first + step < parts ? first + step : parts;

		thread_pool_run(panels->context->threads, work, panels, first,
			last);
		panels->cost += cost * (double)(last - first);
		if (!progress_report(panels->progress,
			    panels->cost / panels->total))
			return false;
	}
	return true;
}

/*
 * Compute factor = T⁻ᵀ for gram = T Tᵀ, both [width, width], in double
 * precision. Rows and columns from `count` on are padding and become 0.
 */
static void
invert_factor(const float *gram, size_t width, size_t count, float *factor)
{
	double t[WIDTH_MAX][WIDTH_MAX], inverse[WIDTH_MAX][WIDTH_MAX];

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k <= i; k++) {
			double sum = gram[i * width + k];

			for (size_t l = 0; l < k; l++)
				sum -= t[i][l] * t[k][l];
			t[i][k] = i == k ? sqrt(sum) : sum / t[k][k];
		}
	memset(factor, 0, width * width * sizeof *factor);
	for (size_t k = 0; k < count; k++)
		for (size_t i = k; i < count; i++) {
			double sum = i == k ? 1 : 0;

			for (size_t l = k; l < i; l++)
				sum -= t[i][l] * inverse[l][k];
			inverse[i][k] = sum / t[i][i];
			factor[k * width + i] = (float)inverse[i][k];
		}
}

/* Number of rows in panel p. */
static size_t
rows_in(const struct panels *panels, size_t p)
{
	size_t rest = panels->rows - p * panels->width;

	return rest < panels->width ? rest : panels->width;
}

/*
 * Copy panel p to rows, [rows, columns], or rows to panel p. A block of columns
 * stays in the cache, even if the rows are a power of two apart.
 */
enum { BLOCK = 16 };

static void
copy_to_rows(const struct panels *panels, size_t p, float *row)
{
	size_t columns = panels->columns, rows = rows_in(panels, p);
	const float *panel = panel_of(panels, p);

	for (size_t first = 0; first < columns; first += BLOCK)
		for (size_t i = 0; i < rows; i++)
			for (size_t j = first; j < columns && j < first + BLOCK;
				j++)
				row[i * columns + j] =
					panel[j * panels->width + i];
}

static void
copy_to_panel(const struct panels *panels, const float *row, size_t p)
{
	size_t columns = panels->columns, rows = rows_in(panels, p);
	float *panel = panel_of(panels, p);

	for (size_t first = 0; first < columns; first += BLOCK)
		for (size_t i = 0; i < rows; i++)
			for (size_t j = first; j < columns && j < first + BLOCK;
				j++)
				panel[j * panels->width + i] =
					row[i * columns + j];
}

/* Draw normal numbers in the order of the matrix, and store them in panels. */
static bool
draw_panels(struct panels *panels, struct random *random)
{
	for (size_t p = 0; p < panels->count; p++) {
		for (size_t i = 0; i < rows_in(panels, p); i++) {
			random_normals(random, panels->columns,
				panels->row + i * panels->columns);
			panels->cost += DRAW_COST * (double)panels->columns;
			if (!progress_report(panels->progress,
				    panels->cost / panels->total))
				return false;
		}
		copy_to_panel(panels, panels->row, p);
	}
	return true;
}

/* P_p -= Σ P_q P_qᵀ P_p over the panels before p. */
static bool
project_panel(struct panels *panels)
{
	size_t p = panels->current, size = panels->width * panels->width;
	size_t chunks = (panels->columns + CHUNK - 1) / CHUNK;

	if (!run_parts(panels, multiply_panels, p,
		    (double)size * (double)panels->columns))
		return false;
	for (size_t i = 0; i < p * size; i++)
		panels->product[i] = -panels->product[i];
	return run_parts(panels, project_chunks, chunks,
		(double)size * (double)p * CHUNK);
}

/* P_p = P_p T⁻ᵀ */
static bool
scale_panel(struct panels *panels)
{
	size_t p = panels->current, width = panels->width;
	size_t size = width * width;
	size_t chunks = (panels->columns + CHUNK - 1) / CHUNK;
	_Alignas(MEMORY_ALIGNMENT) float factor[WIDTH_MAX * WIDTH_MAX];
	bool good;

	multiply_panels(panels, p, p + 1);
	invert_factor(panels->product + p * size, width, rows_in(panels, p),
		factor);
	panels->factor = factor;
	panels->cost += (double)size * (double)panels->columns;
	good = run_parts(panels, scale_chunks, chunks, (double)size * CHUNK);
	panels->factor = NULL;
	return good;
}

/* Make the rows of panel p orthonormal, one by one. */
static bool
orthonormalize_panel(struct panels *panels)
{
	size_t columns = panels->columns, width = panels->width;

	copy_to_rows(panels, panels->current, panels->row);
	orthonormalize_rows(panels->context->kernel, panels->row,
		rows_in(panels, panels->current), columns, NULL);
	copy_to_panel(panels, panels->row, panels->current);
	panels->cost += ROW_COST * (double)(width * width) * (double)columns;
	return progress_report(panels->progress, panels->cost / panels->total);
}

static bool
make_panel(struct panels *panels, size_t p)
{
	panels->current = p;
	if (is_wide(panels->rows, panels->columns))
		return project_panel(panels) && scale_panel(panels);
	for (int sweep = 0; sweep < SWEEPS; sweep++)
		if (!project_panel(panels) || !orthonormalize_panel(panels))
			return false;
	return true;
}

static bool
make_panels(struct panels *panels, struct random *random)
{
	bool good = draw_panels(panels, random);

	for (size_t p = 0; good && p < panels->count; p++)
		good = make_panel(panels, p);
	return good;
}

/* Cost of draw_panels and of make_panel for all panels. */
static double
total_cost(const struct panels *panels)
{
	double columns = (double)panels->columns, count = (double)panels->count;
	double size = (double)panels->width * (double)panels->width;
	double padded = ceil(columns / CHUNK) * CHUNK;
	double drawn = DRAW_COST * (double)panels->rows * columns;
	double projected = size * (columns + padded) * count * (count - 1) / 2;

	if (is_wide(panels->rows, panels->columns))
		return drawn + projected + size * (columns + padded) * count;
	return drawn + SWEEPS * (projected + ROW_COST * size * columns * count);
}

static bool
draw_by_panels(const struct context *context, float *values, size_t rows,
	size_t columns, struct random *random, const struct progress *progress,
	struct error *error)
{
	size_t width = KERNEL_COLUMNS * context->kernel->lanes;
	struct panels panels = {
		.context = context,
		.rows = rows,
		.columns = columns,
		.width = width,
		.count = (rows + width - 1) / width,
		.progress = progress,
	};
	bool good;

	panels.total = total_cost(&panels);
	panels.panel = memory_floats(panels.count * width * columns);
	panels.product = memory_floats(panels.count * width * width);
	panels.row = memory_floats(width * columns);
	if (panels.panel == NULL || panels.product == NULL ||
		panels.row == NULL) {
		good = error_out_of_memory(error);
	} else {
		good = make_panels(&panels, random);
		if (good)
			for (size_t p = 0; p < panels.count; p++)
				copy_to_rows(&panels, p,
					values + p * width * columns);
		else
			error_set(error, "interrupted");
	}
	free(panels.panel);
	free(panels.product);
	free(panels.row);
	return good;
}

bool
orthogonal_draw(const struct context *context, float *values, size_t rows,
	size_t columns, struct random *random, const struct progress *progress,
	struct error *error)
{
	if (rows <= ORTHOGONAL_ROWS_SINGLE)
		return draw_by_rows(context->kernel, values, rows, columns,
			random, progress, error);
	return draw_by_panels(context, values, rows, columns, random, progress,
		error);
}
