/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawings of points. */

/*
 * The places of points as the program draws them: of a series, one number over
 * its index; of strokes, the sums of offsets; else the first two numbers.
 */
function placesOf(points, column, first = 0) {
	let x = 0,
		y = 0;

	if (data.task.form === 'series' || column !== null)
		return points.map((p, i) => [first + i, p[column || 0]]);
	if (data.task.form === 'shape') return points.map(p => [p[0], p[1]]);
	return points.flatMap(p => {
		const place = [(x += p[0]), (y += p[1])];

		return p[2] > 0.5 ? [place, null] : [place];
	});
}

/* Whether one number is drawn over the points. */
const isSeries = () => data.task.form === 'series' || art.column !== null;

/*
 * Draw lines in one plane: {points, class, style, first, hasDots, to, isFree},
 * the points in the units of the data. A line is filled up to the points `to`.
 * A free line does not widen the plane, and the places of the frame do.
 */
function drawPoints(parent, lines, label, frame) {
	const all = lines.map(line => [
		...placesOf(line.points, art.column, line.first),
		...placesOf(line.to || [], art.column, line.first).reverse()
	]);
	const known = [
		...all.filter((_, i) => !lines[i].isFree).flat(),
		...frame
	].filter(p => p !== null);
	const low = [0, 1].map(k => Math.min(...known.map(p => p[k])));
	const high = [0, 1].map(k => Math.max(...known.map(p => p[k])));
	const spans = [0, 1].map(k => high[k] - low[k] || 1);

	for (const k of isSeries() ? [1] : [0, 1]) {
		low[k] -= 0.06 * spans[k];
		high[k] += 0.06 * spans[k];
	}
	const plane = chart(parent, {
		label,
		height: 330,
		low,
		high,
		isEqual:
			!isSeries() &&
			Math.max(...spans) < 10 * Math.min(...spans)
	});

	lines.forEach((line, i) => {
		const places = all[i].map(
			p => p && [plane.x(p[0]), plane.y(p[1])]
		);

		const isDrawn = /drawn/.test(line.style);

		plane.node.append(
			make(
				'g',
				{class: line.class},
				make('path', {
					class: line.to
						? 'fan'
						: `curve ${line.style}`,
					pathLength: isDrawn && 1,
					d: path(
						places,
						data.task.isClosed &&
							!isSeries()
					)
				}),
				...(line.hasDots
					? places.map(([cx, cy]) =>
							make('circle', {
								class: 'dot',
								cx,
								cy,
								r: 3.5
							})
						)
					: [])
			)
		);
	});
	return plane;
}
