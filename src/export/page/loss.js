/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve of the loss. */

let isLogLoss = true,
	isLogUpdates = false;

/* Cut floats into rows of so many. */
function rowsOf(numbers, size) {
	return Array.from({length: numbers.length / size}, (_, i) =>
		Array.from(numbers.slice(i * size, (i + 1) * size))
	);
}

/* [first update, mean, min, max], [update, loss] */
const losses = rowsOf(floats(data.history), 4);
const validations = rowsOf(floats(data.validations), 2);
const {floor} = data.task;
const lossValues = [
	...losses.map(row => row[1]),
	...validations.map(row => row[1]),
	...(floor ? [floor.value] : [])
];
const leastLoss = Math.min(...lossValues);

function drawLoss() {
	if (losses.length === 0) return;
	const most = Math.max(...lossValues),
		parent = byId('loss-plot');
	const isLog = isLogLoss && leastLoss > 0;
	const margin = isLog
		? Math.max((most / leastLoss) ** 0.08, 1.02)
		: (most - leastLoss) * 0.06 || 1;
	const plot = chart(parent, {
		height: 300,
		isLogX: isLogUpdates,
		isLogY: isLog,
		label:
			`Loss over ${count(data.updates)} updates, ` +
			`from ${show(losses[0][1])} to ${show(data.average)}`,
		low: [
			isLogUpdates ? 1 : 0,
			isLog ? leastLoss / margin : leastLoss - margin
		],
		high: [
			Math.max(data.updates, 2),
			isLog ? most * margin : most + margin
		]
	});
	const x = update => plot.x(Math.max(update, isLogUpdates ? 1 : 0));
	const end = i =>
		i + 1 < losses.length ? losses[i + 1][0] : data.updates;
	const line = (name, d) =>
		plot.node.append(make('path', {class: name, d}));

	line(
		'band',
		losses
			.map(
				([first, , min, max], i) =>
					`M${x(first)} ${plot.y(max)}` +
					`H${x(end(i))}V${plot.y(min)}` +
					`H${x(first)}Z`
			)
			.join('')
	);
	if (floor)
		line(
			'curve thin dotted',
			path(
				[plot.left, plot.width - plot.right].map(
					place => [place, plot.y(floor.value)]
				)
			)
		);
	line(
		'curve model',
		path(
			losses.map(([first, mean], i) => [
				(x(first) + x(end(i))) / 2,
				plot.y(mean)
			])
		)
	);
	line(
		'curve data',
		path(
			validations.map(([update, loss]) => [
				x(update),
				plot.y(loss)
			])
		)
	);
	parent.append(
		legend(
			['line model', 'mean'],
			['band', 'single updates'],
			validations.length > 0 && ['line data', 'validation'],
			floor && ['line dots', `floor ${floor.text}`]
		)
	);
}

/* What the curve tells. */
function lossSays() {
	const best = validations.reduce(
		(a, b) => (a && a[1] <= b[1] ? a : b),
		null
	);

	if (losses.length === 0)
		return 'The weights are random: no update is done.';
	if (best)
		return (
			`Validation was best at update ${count(best[0])}: ` +
			`${show(best[1])}.` +
			(data.isRising
				? ' It has risen since: the network ' +
					'learns its data by heart.'
				: '')
		);
	if (floor && data.average <= 1.05 * floor.value)
		return (
			`The loss is at its floor ${floor.text}: ` +
			'the rest is chance.'
		);
	if (isText)
		return (
			`A loss of ${show(data.average)} nats is that of a ` +
			`guess among ${show(Math.exp(data.average))} equal ` +
			'choices.'
		);
	return 'The band shows the least and greatest loss of single updates.';
}

function setUpLoss() {
	if (leastLoss > 0)
		byId('loss-controls').append(
			button(
				'log loss',
				isDown => {
					isLogLoss = isDown;
					drawLoss();
				},
				true
			)
		);
	byId('loss-controls').append(
		button(
			'log updates',
			isDown => {
				isLogUpdates = isDown;
				drawLoss();
			},
			false
		)
	);
	byId('loss-says').textContent = lossSays();
	drawLoss();
}
