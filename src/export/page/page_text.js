/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a network of texts: what it writes, its film, its steps. */

/* values: the outputs of the last layer at each token */
const text = {
	memory: true,
	temperature: 0.7,
	prime: '',
	tokens: [],
	primed: 0,
	values: [],
	unit: null,
	timer: 0
};
const length = 300;
const percent = p => `${Math.round(100 * p)}%`;

/* Show the output of the chosen unit behind a token. */
function color(span, values) {
	const value = text.unit === null ? 0 : values[text.unit];
	const sign = value < 0 ? 'negative' : 'positive';

	span.style.background =
		Math.abs(value) < 0.05
			? ''
			: `color-mix(in srgb, var(--${sign}) ${percent(
					0.4 * Math.abs(value)
				)}, #0000)`;
	span.className = value < -0.05 ? 'below' : '';
}

/* The unit that swings most, and least often: it may tell of words or lines. */
function slowestUnit() {
	const swing = u => {
		const values = text.values.map(v => v[u]);

		return (
			(Math.max(...values) - Math.min(...values)) /
			values.reduce(
				(sum, v, i) =>
					sum +
					(i === 0
						? 0.01
						: Math.abs(v - values[i - 1])),
				0
			)
		);
	};

	return Array.from(text.values[0].keys()).reduce((a, b) =>
		swing(b) > swing(a) ? b : a
	);
}

function showUnit(unit) {
	text.unit = unit;
	byId('unit').selectedIndex = unit === null ? 0 : unit + 1;
	text.values.forEach((values, k) =>
		color(byId('page').children[k], values)
	);
	byId('generated-says').textContent = writtenSays();
}

/* Bytes wait until they are a character. */
let decoder = null;

function addToken(token, {state}) {
	const values = Float32Array.from(state[state.length - 1].h);
	const span = make(
		'span',
		{},
		!isBytes
			? vocabulary[token].replace(/\r\n?/g, '\n')
			: decoder.decode(
					Uint8Array.of(
						vocabulary[token].charCodeAt(0)
					),
					{stream: true}
				)
	);

	color(span, values);
	text.values.push(values);
	if (text.tokens.push(token) <= text.primed) span.classList.add('prime');
	byId('page').append(span);
	byId('page').scrollTop = 1e9;
}

/* Write, at once or token by token. */
function write(isAtOnce, isFirst = false) {
	const writer = new Writer(text),
		prime = tokensOf(text.prime);
	const end = prime.length + length;
	const some = () => {
		const pause = performance.now() + 12;

		do addToken(writer.next(), writer.generator);
		while (
			text.tokens.length < end &&
			isAtOnce &&
			performance.now() < pause
		);
		if (text.tokens.length < end)
			text.timer = setTimeout(some, isAtOnce ? 0 : 25);
		else {
			stopWriting();
			if (isFirst) showUnit(slowestUnit());
		}
	};

	stopWriting();
	Object.assign(text, {tokens: [], values: [], primed: prime.length});
	decoder = new TextDecoder();
	byId('page').replaceChildren();
	writer.begin(prime, addToken);
	byId('write').textContent = 'stop';
	text.timer = setTimeout(some);
}

function stopWriting() {
	clearTimeout(text.timer);
	text.timer = 0;
	byId('write').textContent = 'write';
	byId('generated-says').textContent = writtenSays();
}

function writtenSays() {
	if (text.prime !== '' && text.primed === 0)
		return 'The network never saw these characters.';
	if (!text.memory)
		return (
			'Without its memory each ' +
			settings.tokens.slice(0, -1) +
			' depends only on the one before it.'
		);
	return text.unit === null
		? 'Choose a unit to see where it is high, and where low.'
		: `The output of unit ${text.unit + 1} is positive on ` +
				'purple, and negative on green, underlined.';
}

function setUpGenerated() {
	const main = button('write', () =>
		text.timer ? stopWriting() : write(false)
	);

	main.id = 'write';
	main.className = 'main';
	byId('generated-title').textContent = 'It writes';
	byId('generated-result').append(
		make('div', {
			id: 'page',
			class: 'page',
			tabindex: 0,
			role: 'region',
			'aria-label': 'What the network writes'
		})
	);
	byId('generated-controls').append(
		main,
		make(
			'label',
			{class: 'grow'},
			'begin with',
			make('input', {
				'.oninput'() {
					text.prime = this.value;
				}
			})
		),
		rangeField(
			'temperature',
			2,
			0.05,
			text.temperature,
			value => (text.temperature = value)
		),
		choiceOf(
			'unit',
			[
				'none',
				...Array.from(
					{length: settings.units.at(-1)},
					(_, u) => u + 1
				)
			],
			i => showUnit(i === 0 ? null : i - 1),
			'unit'
		),
		...memoryBox(isOn => {
			text.memory = isOn;
			write(true);
		})
	);
	write(true, true);
}

function drawSnapshot(parent, snapshot) {
	parent.replaceChildren(
		make(
			'div',
			{
				class: 'page',
				tabindex: 0,
				role: 'region',
				'aria-label': 'What the network wrote'
			},
			textOf(snapshot.content)
		)
	);
}

/* ------------------------------------------------------------------------ */

/* The three likeliest tokens, and the true one. */
function stepTexts(step) {
	const chances = softmax(step.output);
	const target = step.target === null ? null : look.sequence[step.target];

	return {
		target: target === null ? '–' : visible(target),
		chance: chances[target] ?? null,
		said: Array.from(chances.keys())
			.sort((a, b) => chances[b] - chances[a])
			.slice(0, 3)
			.map(t => `${visible(t)} ${percent(chances[t])}`)
	};
}

function stepCells(step) {
	const {target, chance, said} = stepTexts(step);

	return [
		['data', visible(look.sequence[step.input])],
		['model', said[0]],
		['data', target],
		['', chance === null ? '–' : show(-Math.log2(chance), 2)]
	];
}

function stepSays(step) {
	const {target, chance, said} = stepTexts(step);
	const before = look.sequence
		.slice(Math.max(step.input - 20, 0), step.input + 1)
		.map(visible)
		.join('');

	return [
		`After “${before}” it expects `,
		make('b', {class: 'model'}, said.join(', ')),
		chance === null
			? '.'
			: `; the truth is ${target}, expected with ` +
				`${percent(chance)}.`
	];
}

function sequencesToSee() {
	return [
		...data.examples.map(tokens => [
			'beginning of the data',
			() => tokens
		]),
		[
			'what it wrote',
			() => (text.tokens.length > 1 ? text.tokens : opening())
		]
	];
}
