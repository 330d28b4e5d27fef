/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a network of points: what it draws, its film, its steps. */

const art = {
	memory: true,
	temperature: 1,
	column: null,
	isCloud: false,
	start: pointsOf(floats(data.start)),
	ghost: null,
	end: data.end && pointsOf(floats(data.end.points))
};
const isShape = data.task.form === 'shape';
const examples = data.examples.map(text => pointsOf(floats(text)));
/* Shapes are drawn where true ones are. */
const square = isShape && features === 2 ? examples.flat().map(unscaled) : [];
let isForecast = data.end !== null;

/* Of many numbers one is shown, over the points. */
if (features > 2 && isShape) art.column = 0;

const nameOf = f => data.scaling?.columns?.[f] || `number ${f + 1}`;

/* Decimals of each number of a point, by the range of the data. */
const decimals = Array.from({length: features}, (_, f) => {
	const values = [
		...examples.flat(),
		...(art.end || []),
		...art.start
	].map(p => unscaled(p)[f]);
	const range = Math.max(...values) - Math.min(...values) || 1;

	return Math.min(Math.max(3 - Math.ceil(Math.log10(range)), 0), 8);
});

/* Return a function that draws: it returns points, scaled. */
function drawer() {
	const before = isForecast ? art.end : art.start;
	const count = isForecast
		? forecastLength
		: Math.max(data.length - before.length, 1);
	const generator = readPoints(
		before,
		art,
		isForecast ? data.end.states : null
	);

	return () => [
		...(isForecast ? before.slice(-1) : before),
		...goOn(generator, count)
	];
}

/* At each point the middle of many futures, and where 8 of 10 are. */
function fanOf(draw) {
	const work = data.parameters * forecastLength;
	const size = Math.min(Math.max(Math.round(1e8 / work), 9), 60);
	const many = Array.from({length: size}, draw);
	const quantile = q =>
		many[0].map((point, i) =>
			point.map((_, f) => {
				const values = many.map(points => points[i][f]);

				values.sort((a, b) => a - b);
				return values[Math.round(q * (size - 1))];
			})
		);

	return [quantile(0.1), quantile(0.5), quantile(0.9)];
}

function drawGenerated() {
	const first = isForecast ? art.end.length - 1 : 0;
	const seen = isForecast ? art.end : isShape && examples[0];
	const line = (points, name, style = '') => ({
		class: name,
		style,
		points: points.map(unscaled),
		first
	});
	const draw = drawer();
	const isFan = isForecast && isMixture && isSeries();
	const lines = [];

	art.last = draw();
	if (seen) lines.push({...line(seen, 'data', 'thin'), first: 0});
	if (art.ghost) lines.push(line(art.ghost, 'ghost', 'thin dotted'));
	if (isFan) {
		const [low, middle, high] = fanOf(draw);

		lines.push({...line(low, 'model'), to: high.map(unscaled)});
		lines.push(line(middle, 'model'));
	} else if (isMixture && art.isCloud)
		for (let i = 0; i < 20; i++)
			lines.push(line(draw(), 'model', 'thin faint'));
	lines.push({
		...line(art.last, 'model', isFan ? 'thin drawn' : 'drawn'),
		hasDots: data.length <= 24,
		isFree: isFan
	});

	const plane = drawPoints(
		byId('generated-result'),
		lines,
		'What the network draws',
		square
	);

	byId('generated-result').append(
		legend(
			seen && [
				'line data',
				isForecast
					? 'end of the data'
					: `a true ${data.task.singular}`
			],
			[
				'line model',
				isFan ? 'middle, and one future' : 'drawn'
			],
			isFan && ['fan model', '8 of 10 futures'],
			art.ghost && ['line dots', 'with its memory']
		)
	);
	if (canStartAnywhere())
		plane.node.onclick = event => startAt(plane, event);
	byId('generated-says').textContent = generatedSays();
}

/* What one sees, and what to try. */
function generatedSays() {
	if (!art.memory)
		return (
			'Without its memory each point depends only on the ' +
			'one before it.'
		);
	if (isMixture)
		return (
			'The network learnt a density: each drawing is ' +
			'another sample.'
		);
	if (isForecast)
		return (
			'After the end of the data the network reads its own ' +
			'predictions.'
		);
	if (hasMemory) return 'Cut the memory to see what it was good for.';
	return (
		'Same start, so one answer. Click in the drawing to start ' +
		'elsewhere.'
	);
}

/* Whether a start is one point of the plane. */
function canStartAnywhere() {
	return !isForecast && startPoints === 1 && features === 2 && isShape;
}

function startAt({node, x, y}, event) {
	const box = node.getBoundingClientRect();
	const value = (place, axis) => (place - axis(0)) / (axis(1) - axis(0));

	byId('start').value = [
		value(event.clientX - box.left, x),
		value(event.clientY - box.top, y)
	]
		.map(v => v.toFixed(3))
		.join();
	readStart();
}

/* Read the points of the field, "X,Y X,Y", as --start does. */
function readStart() {
	const field = byId('start');
	const points = field.value
		.trim()
		.split(/\s+/)
		.map(p => p.split(',').map(Number));
	const isGood =
		points.length >= startPoints &&
		points.every(
			p => p.length === features && p.every(Number.isFinite)
		);

	field.setCustomValidity(
		isGood
			? ''
			: `At least ${startPoints} point(s) of ` +
					`${features} number(s), as 1,2 3,4`
	);
	if (field.reportValidity()) {
		art.start = points.map(scaled);
		art.ghost = null;
		drawGenerated();
	}
}

/* Controls of a model that draws by chance. */
function chanceControls() {
	const temperature = value => {
		art.temperature = value;
		drawGenerated();
	};
	const many = isDown => {
		art.isCloud = isDown;
		drawGenerated();
	};

	const controls = [rangeField('temperature', 2, 0.05, 1, temperature)];

	/* a forecast has a fan */
	if (!isForecast || !isSeries())
		controls.push(button('many', many, false));
	return controls;
}

function setUpGenerated() {
	const main = button(isMixture ? 'draw another' : 'draw', drawGenerated);
	const start = make(
		'label',
		{class: 'grow', '.hidden': isForecast},
		'start',
		make('input', {
			id: 'start',
			'.onchange': readStart,
			value: art.start
				.map(p =>
					unscaled(p)
						.map(v =>
							Number(v.toPrecision(6))
						)
						.join()
				)
				.join(' ')
		})
	);

	main.className = 'main';
	byId('generated-title').textContent = isForecast
		? 'It goes on'
		: 'It draws';
	byId('generated-controls').append(
		main,
		...(isForecast
			? [
					choiceOf(
						'from',
						[
							'the end of the data',
							'a start'
						],
						i => {
							isForecast = i === 0;
							start.hidden =
								isForecast;
							art.ghost = null;
							drawGenerated();
						}
					)
				]
			: []),
		start,
		...(art.column !== null
			? [
					choiceOf(
						'show',
						decimals.map((_, f) =>
							nameOf(f)
						),
						f => {
							art.column = f;
							drawGenerated();
							drawFilm();
							drawInside();
						}
					)
				]
			: []),
		...memoryBox(isOn => {
			art.ghost = isOn ? null : art.last;
			art.memory = isOn;
			drawGenerated();
		}),
		...(isMixture ? chanceControls() : [])
	);
	drawGenerated();
}

/* A snapshot, with the last one behind it. */
function drawSnapshot(parent, snapshot, last) {
	const line = (s, name, style) => ({
		class: name,
		style,
		points: pointsOf(floats(s.content))
	});

	drawPoints(
		parent,
		[line(last, 'ghost', 'thin'), line(snapshot, 'model', '')],
		'What the network drew',
		square
	);
}

/* ------------------------------------------------------------------------ */

const pointText = point =>
	point === null
		? '–'
		: Array.from(point, (v, f) =>
				art.column === null
					? f < 3 && show(v, decimals[f])
					: f === art.column &&
						show(v, decimals[f])
			)
				.filter(v => v)
				.join(', ');

/* Input, prediction, target and their distance, in the units of the data. */
function stepPoints(step) {
	const input = unscaled(look.sequence[step.input]);
	const output = unscaled(pointFrom(step.output, 0));
	const target =
		step.target === null
			? null
			: unscaled(look.sequence[step.target]);
	const errors = target && output.map((v, f) => Math.abs(v - target[f]));
	const error = !target
		? null
		: art.column !== null
			? errors[art.column]
			: errors.reduce((a, b) => a + b) / features;

	return {
		input: pointText(input),
		output: pointText(output),
		target: pointText(target),
		error: show(error, Math.max(...decimals))
	};
}

function stepCells(step) {
	const {input, output, target, error} = stepPoints(step);

	return [
		['data', input],
		['model', output],
		['data', target],
		['', error]
	];
}

function stepSays(step) {
	const {input, output, target, error} = stepPoints(step);

	return [
		`Step ${count(look.step + 1)} sees ${input}` +
			`${step.isFresh ? ' from an empty state' : ''}, says `,
		make('b', {class: 'model'}, output),
		step.target === null
			? '.'
			: `; the truth is ${target}, ${error} away.`
	];
}

function sequencesToSee() {
	return [
		...(art.end && data.end.states
			? [['end of the data', () => art.end, data.end.states]]
			: []),
		...examples.map((points, i) => [
			`${data.task.singular} ${i + 1}`,
			() => points
		]),
		['what it drew', () => art.last]
	];
}
