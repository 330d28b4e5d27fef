/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements, numbers, and drawings as SVG. Colours are those of page.css. */

/* Make an element with attributes, properties as .name, and content. */
function make(name, attributes = {}, ...content) {
	const isSvg = /^(svg|path|circle|rect|line|text|g)$/.test(name);
	const element = isSvg
		? document.createElementNS('http://www.w3.org/2000/svg', name)
		: document.createElement(name);

	for (const [key, value] of Object.entries(attributes))
		if (key.startsWith('.')) element[key.slice(1)] = value;
		else if (value !== null && value !== false)
			element.setAttribute(key, value);
	element.append(...content);
	return element;
}

const byId = id => document.getElementById(id);

/* A number with so many decimals, or with three digits that tell. */
function show(x, decimals = null) {
	if (x === null || !Number.isFinite(x)) return '–';
	const size = Math.abs(x);

	if (size >= 1e7 || (size > 0 && size < 1e-4 && decimals === null))
		return x.toExponential(2);
	const d =
		decimals ??
		(size === 0
			? 0
			: Math.min(
					Math.max(
						2 -
							Math.floor(
								Math.log10(size)
							),
						0
					),
					6
				));

	return x
		.toLocaleString('en', {
			minimumFractionDigits: d,
			maximumFractionDigits: d
		})
		.replace(/^-(?=[0.]+$)/, '')
		.replace('-', '−');
}

const count = n => n.toLocaleString('en');

/* A button; one that stays down has a state. */
function button(text, act, isDown = null) {
	return make(
		'button',
		{
			type: 'button',
			'aria-pressed': isDown,
			'.onclick'() {
				const down =
					this.getAttribute('aria-pressed') !==
					'true';

				if (isDown !== null)
					this.setAttribute('aria-pressed', down);
				act(down, this);
			}
		},
		text
	);
}

function rangeField(label, max, step, value, change, name = v => v) {
	const output = make('span', {class: 'value'}, name(value));
	const range = make('input', {
		type: 'range',
		min: 0,
		max,
		step,
		value,
		'.oninput'() {
			output.textContent = name(Number(this.value));
			this.setAttribute('aria-valuetext', output.textContent);
			change(Number(this.value));
		}
	});

	return make('label', {}, label, range, output);
}

function choiceOf(label, names, change, id = null) {
	return make(
		'label',
		{},
		label,
		make(
			'select',
			{
				id,
				'.onchange'() {
					change(this.selectedIndex);
				}
			},
			...names.map(name => make('option', {}, name))
		)
	);
}

/* The checkbox of the memory, if there is one to cut. */
function memoryBox(change) {
	return hasMemory
		? [
				make(
					'label',
					{},
					make('input', {
						type: 'checkbox',
						'.checked': true,
						'.onchange'() {
							change(this.checked);
						}
					}),
					'memory'
				)
			]
		: [];
}

/* Legend entries: [class, text]. */
function legend(...entries) {
	return make(
		'p',
		{class: 'legend'},
		...entries
			.filter(e => e)
			.map(([name, text]) =>
				make('span', {class: `key ${name}`}, text)
			)
	);
}

/* Ticks at 1, 2 or 5 times a power of ten, about as many as wanted. */
function ticks(low, high, wanted) {
	const rough = (high - low) / wanted;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = power * ([1, 2, 5].find(k => k * power >= rough) || 10);
	const list = [];

	for (
		let k = Math.ceil(low / step - 1e-9);
		k * step <= high + 1e-9 * step;
		k++
	)
		list.push(Number((k * step).toPrecision(12)));
	return list;
}

/* The same for a logarithmic axis. */
function logTicks(low, high, wanted) {
	for (const digits of [[1, 2, 5], [1, 5], [1]]) {
		const list = [];

		for (let e = Math.floor(Math.log10(low)); 10 ** e <= high; e++)
			for (const digit of digits)
				list.push(
					Number((digit * 10 ** e).toPrecision(1))
				);
		const inside = list.filter(x => x >= low && x <= high);

		if (inside.length <= wanted + 2)
			return inside.length > 1
				? inside
				: ticks(low, high, wanted);
	}
	return [low, high];
}

/*
 * A chart with axes: its element, and x and y, which convert values to places.
 * isEqual: x and y have the same scale.
 */
function chart(
	parent,
	{
		label,
		height,
		low,
		high,
		isLogX = false,
		isLogY = false,
		isEqual = false,
		xTicks = 6
	}
) {
	const width = Math.max(parent.clientWidth, 200);
	const left = 54,
		right = 24,
		top = 10,
		bottom = 26;
	const node = make('svg', {
		viewBox: `0 0 ${width} ${height}`,
		height,
		role: 'img',
		'aria-label': label
	});
	const to = (value, a, b, isLog) =>
		isLog
			? Math.log(value / a) / Math.log(b / a)
			: (value - a) / (b - a);

	low = low.slice();
	high = high.slice();
	if (isEqual) {
		const spans = [width - left - right, height - top - bottom];
		const unit = Math.max(
			...spans.map((span, k) => (high[k] - low[k]) / span)
		);

		spans.forEach((span, k) => {
			const rest = (span * unit - (high[k] - low[k])) / 2;

			low[k] -= rest;
			high[k] += rest;
		});
	}
	const x = value =>
		left +
		to(value, low[0], high[0], isLogX) * (width - left - right);
	const y = value =>
		height -
		bottom -
		to(
			Math.min(Math.max(value, low[1]), high[1]),
			low[1],
			high[1],
			isLogY
		) *
			(height - top - bottom);
	const text = (value, attributes) =>
		node.append(
			make(
				'text',
				attributes,
				show(value, 8).replace(/\.?0+$/, '')
			)
		);

	for (const value of (isLogX ? logTicks : ticks)(
		low[0],
		high[0],
		width < 420 ? 4 : xTicks
	)) {
		node.append(
			make('path', {
				class: 'axis',
				d: `M${x(value)} ${height - bottom}v5`
			})
		);
		text(value, {
			x: x(value),
			y: height - 7,
			'text-anchor': 'middle'
		});
	}
	for (const value of (isLogY ? logTicks : ticks)(low[1], high[1], 5)) {
		node.append(
			make('path', {
				class: 'axis',
				d: `M${left - 5} ${y(value)}H${width - right}`
			})
		);
		text(value, {
			x: left - 9,
			y: y(value) + 4,
			'text-anchor': 'end'
		});
	}
	node.append(
		make('path', {
			class: 'axis',
			d: `M${left} ${top}V${height - bottom}H${width - right}`
		})
	);
	parent.replaceChildren(node);
	return {node, x, y, width, left, right};
}

/* A line through places [x, y]; null lifts the pen. */
function path(places, isClosed = false) {
	let isDown = false,
		d = '';

	for (const place of places) {
		if (place !== null)
			d +=
				(isDown ? 'L' : 'M') +
				place.map(v => v.toFixed(1)).join(' ');
		isDown = place !== null;
	}
	return d + (isClosed ? 'Z' : '');
}

/*
 * A map of values[row][column] from -scale to scale, or from 0 to 1 for a gate,
 * as squares of eight shades: a path for each sign and shade.
 */
function heatMap(values, scale, isGate) {
	const rows = values.length,
		columns = values[0].length;
	const node = make('svg', {
		class: 'map',
		'aria-hidden': 'true',
		viewBox: `0 0 ${columns} ${rows}`,
		height: Math.max(10, Math.min(16, 200 / rows)) * rows,
		preserveAspectRatio: 'none',
		'shape-rendering': 'crispEdges'
	});
	const squares = {};

	values.forEach((row, r) =>
		row.forEach((value, c) => {
			const level = Math.round(
				8 * Math.min(Math.abs(value) / scale, 1)
			);
			const sign = isGate
				? 'gate'
				: value < 0
					? 'negative'
					: 'positive';

			(squares[`${sign} ${level}`] ||= []).push(
				`M${c} ${r}h1v1h-1z`
			);
		})
	);
	for (const [key, list] of Object.entries(squares)) {
		const [sign, level] = key.split(' ');

		node.append(
			make('path', {
				class: sign,
				d: list.join(''),
				'fill-opacity': level / 8
			})
		);
	}
	return node;
}
