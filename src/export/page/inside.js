/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view inside: a sequence, the values of all units, and a cursor. */

const viewNames = {
	i: 'input gate: writes',
	f: 'forget gate: keeps',
	g: 'candidate: what is new',
	c: 'cell: the memory',
	o: 'output gate: shows',
	h: 'output',
	z: 'update gate: keeps',
	r: 'reset gate'
};
const gates = 'ifozr';
/* At most so many units and steps are shown at once. */
const maxUnits = 24,
	maxSteps = 60;
const look = {layer: 0, step: 0, unit: -1, units: [], memory: true};

/* The first step shown: the cursor is on a page of steps. */
const firstShown = () => look.step - (look.step % maxSteps);
const shownSteps = () =>
	look.steps.slice(firstShown(), firstShown() + maxSteps);

/* The units whose output changes most over the steps, in their order. */
function chooseUnits() {
	const ranges = Array.from(
		{length: settings.units[look.layer]},
		(_, u) => {
			const values = look.steps.map(
				s => s.state[look.layer].h[u]
			);

			return [Math.max(...values) - Math.min(...values), u];
		}
	)
		.sort((a, b) => b[0] - a[0])
		.slice(0, maxUnits);

	look.units = ranges.map(r => r[1]).sort((a, b) => a - b);
	if (!look.units.includes(look.unit)) look.unit = ranges[0][1];
}

function lookAgain() {
	look.steps = inspect(look.sequence, look);
	chooseUnits();
	drawInside();
}

function drawMaps() {
	const steps = shownSteps();
	const figures = cell.views.map(name => {
		const isGate = gates.includes(name);
		const values = look.units.map(u =>
			steps.map(step => step.state[look.layer][name][u])
		);
		const scale =
			name === 'c'
				? Math.max(1e-9, ...values.flat().map(Math.abs))
				: 1;
		const map = heatMap(values, scale, isGate);

		map.append(
			make('rect', {class: 'cursor', width: 1, height: 1})
		);
		map.addEventListener('click', event => {
			const box = map.getBoundingClientRect();

			moveTo(
				firstShown() +
					Math.floor(
						((event.clientX - box.left) /
							box.width) *
							steps.length
					),
				look.units[
					Math.floor(
						((event.clientY - box.top) /
							box.height) *
							look.units.length
					)
				]
			);
		});
		return make(
			'figure',
			{},
			make(
				'figcaption',
				{},
				make('b', {}, name),
				` ${viewNames[name]}`
			),
			map
		);
	});

	byId('inside-maps').dataset.views = figures.length;
	byId('inside-maps').replaceChildren(...figures);
}

/* The equation of the unit at the cursor, with its numbers. */
function drawUnit() {
	const step = look.steps[look.step],
		u = look.unit;
	const v = name => step.state[look.layer][name][u];
	const b = name => step.before[look.layer][name][u];
	const n = x => show(x, 2);
	const number = make('b', {}, `unit ${u + 1}, step ${look.step + 1}`);
	const text = {
		lstm: () =>
			`c = f · c before + i · g = ${n(v('f'))} · ` +
			`${n(b('c'))} + ${n(v('i'))} · ${n(v('g'))} = ` +
			`${n(v('c'))}; h = o · tanh c = ${n(v('o'))} · ` +
			`${n(Math.tanh(v('c')))} = ${n(v('h'))}`,
		gru: () =>
			`h = z · h before + (1 − z) · g = ` +
			`${n(v('z'))} · ${n(b('h'))} + ${n(1 - v('z'))} · ` +
			`${n(v('g'))} = ` +
			`${n(v('h'))}; r = ${n(v('r'))}`,
		rnn: () =>
			`h = tanh(x W + h before · R + b) = ${n(v('h'))}; ` +
			`h before = ${n(b('h'))}`
	}[settings.cell]();

	byId('inside-unit').replaceChildren(number, ` ${text}`);
}

/* The table of steps: rows of cells from stepCells, of text or of points. */
function drawSteps() {
	const row = (step, i) => {
		const t = firstShown() + i;

		return make(
			'tr',
			{
				class: step.isFresh && 'fresh',
				'.onclick': () => moveTo(t, look.unit)
			},
			...[['', count(t + 1)], ...stepCells(step)].map(
				([name, text]) =>
					make('td', {class: name}, text)
			)
		);
	};
	const head = [
		'step',
		'sees',
		'says',
		'truth',
		isText ? 'bits' : 'off by'
	];

	byId('inside-steps').replaceChildren(
		make(
			'table',
			{},
			make(
				'thead',
				{},
				make(
					'tr',
					{},
					...head.map(text =>
						make('th', {scope: 'col'}, text)
					)
				)
			),
			make('tbody', {}, ...shownSteps().map(row))
		)
	);
}

function drawCursor() {
	const t = look.step - firstShown();
	const rows = byId('inside-steps').querySelectorAll('tbody tr');

	const box = byId('inside-steps'),
		row = rows[t];

	for (const other of rows)
		other.setAttribute('aria-current', other === row);
	/* scroll the table only: the page stays */
	box.scrollTop = Math.min(
		Math.max(
			box.scrollTop,
			row.offsetTop + row.offsetHeight - box.clientHeight
		),
		row.offsetTop - 30
	);
	for (const cursor of document.querySelectorAll('.cursor')) {
		cursor.setAttribute('x', t);
		cursor.setAttribute('y', look.units.indexOf(look.unit));
	}
	drawUnit();
	byId('inside-says').replaceChildren(...stepSays(look.steps[look.step]));
	byId('inside-step').value = look.step + 1;
	byId('inside-unit-number').value = look.unit + 1;
}

function drawInside() {
	drawMaps();
	drawSteps();
	drawCursor();
}

/* Move the cursor; draw another page of steps if need be. */
function moveTo(step, unit) {
	const first = firstShown();

	look.step = Math.min(Math.max(step || 0, 0), look.steps.length - 1);
	if (look.units.includes(unit)) look.unit = unit;
	if (firstShown() !== first) drawInside();
	else drawCursor();
}

/* Move by steps and by units shown. */
function moveBy(steps, units) {
	moveTo(
		look.step + steps,
		look.units[look.units.indexOf(look.unit) + units]
	);
}

/* A field of a whole number from 1. */
function numberField(label, id, change) {
	return make(
		'label',
		{},
		label,
		make('input', {
			type: 'number',
			id,
			min: 1,
			'.onchange'() {
				change(Math.round(Number(this.value)) - 1);
			}
		})
	);
}

/* Sequences to look at: [name, function that returns it, states]. */
function setUpInside(choices) {
	const see = ([, sequence, states]) => {
		Object.assign(look, {sequence: sequence(), states, step: 0});
		lookAgain();
	};

	const layers = settings.units.map((_, l) => l + 1);

	byId('inside-controls').append(
		choiceOf(
			'sequence',
			choices.map(c => c[0]),
			i => see(choices[i])
		),
		...(settings.units.length > 1
			? [
					choiceOf(
						'layer',
						layers,
						l => {
							look.layer = l;
							lookAgain();
						}
					)
				]
			: []),
		numberField('step', 'inside-step', t => moveTo(t, look.unit)),
		numberField('unit', 'inside-unit-number', u =>
			moveTo(look.step, u)
		),
		...memoryBox(isOn => {
			look.memory = isOn;
			lookAgain();
		}),
		...(settings.units[0] > maxUnits
			? [`the ${maxUnits} units that change most`]
			: [])
	);
	see(choices[0]);
}
