/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The film, the settings, the keys; put the page together. */

let frame = data.snapshots.length - 1;

function drawFilm() {
	if (frame >= 0)
		drawSnapshot(
			byId('film-result'),
			data.snapshots[frame],
			data.snapshots.at(-1)
		);
}

function setUpFilm() {
	const says = () => {
		const {update, average} = data.snapshots[frame];

		byId('film-says').textContent =
			`Average loss ${show(average)} ` +
			`after update ${count(update)}.`;
	};

	if (frame < 0) {
		byId('film').hidden = true;
		byId('run').className = 'wide';
		return;
	}
	byId('film-controls').append(
		rangeField(
			'update',
			frame,
			1,
			frame,
			i => {
				frame = i;
				drawFilm();
				says();
			},
			i => count(data.snapshots[i].update)
		)
	);
	drawFilm();
	says();
}

/* Only a page of a secure origin may write to the clipboard. */
async function copyCommand(_, self) {
	try {
		await navigator.clipboard.writeText(data.command);
		self.textContent = 'copied';
	} catch {
		getSelection().selectAllChildren(byId('run-command'));
	}
}

function setUpRun() {
	const shown = [
		'task',
		'data',
		'framing',
		'window',
		'cell',
		'units',
		'recurrent_activation',
		'loss',
		'optimizer',
		'learning_rate',
		'batch',
		'seed'
	].filter(
		key =>
			settings[key] !== null &&
			(key !== 'window' || readsWindow || writesWindow)
	);

	byId('run-settings').append(
		...shown.flatMap(key => [
			make('dt', {}, key.replace('_', ' ')),
			make('dd', {}, [settings[key]].flat().join(', '))
		])
	);
	byId('run-command').textContent = data.command;
	byId('run-controls').append(button('copy', copyCommand));
	byId('program').textContent = data.program;
}

/* Keys: outside of fields they do what a control does. */
const press =
	(...selectors) =>
	() =>
		selectors.forEach(selector =>
			document.querySelector(selector)?.click()
		);
const keys = {
	g: [isText ? 'write' : 'draw', press('#generated-controls .main')],
	m: [
		'memory',
		press(
			'#generated-controls [type=checkbox]',
			'#inside-controls [type=checkbox]'
		)
	],
	l: ['log loss', press('#loss-controls button')],
	ArrowLeft: ['', () => moveBy(-1, 0)],
	ArrowRight: ['', () => moveBy(1, 0)]
};
const mapKeys = {
	ArrowUp: () => moveBy(0, -1),
	ArrowDown: () => moveBy(0, 1),
	Home: () => moveBy(-1e9, 0),
	End: () => moveBy(1e9, 0)
};

document.onkeydown = event => {
	const act =
		(event.target.id === 'inside-maps' && mapKeys[event.key]) ||
		keys[event.key]?.[1];

	if (
		!act ||
		event.ctrlKey ||
		event.metaKey ||
		event.altKey ||
		event.target.closest('input:not([type=checkbox]), select')
	)
		return;
	event.preventDefault();
	act();
};

for (const form of document.forms) form.onsubmit = () => false;
setUpGenerated();
setUpLoss();
setUpInside(sequencesToSee());
setUpFilm();
setUpRun();
if (!hasMemory) delete keys.m;
if (!(leastLoss > 0)) delete keys.l; /* no logarithm */
byId('keys').textContent = [
	...Object.entries(keys)
		.filter(([, [what]]) => what !== '')
		.map(([key, [what]]) => `${key} ${what}`),
	'← → step',
	'↑ ↓ unit, on the maps'
].join(' · ');

/* Drawings are as wide as their place. */
let width = innerWidth;

addEventListener('resize', () => {
	if (innerWidth === width) return;
	width = innerWidth;
	drawLoss();
	drawFilm();
	if (!isText) drawGenerated();
});

window.lstmtui = {data, predict, generate, inspect};
