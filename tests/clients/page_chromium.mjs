// SPDX-License-Identifier: GPL-3.0-or-later
// Open the page of each model in Chromium and compare its predictions with the
// references, and what it generates with `lstmtui generate`.
//
// Usage: node page_chromium.mjs MODELS
//
// LSTMTUI_CLIENTS names the folder with the packages playwright-core and
// axe-core; LSTMTUI the program, CHROMIUM the browser.

import {execFileSync} from 'node:child_process';
import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync
} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const require = createRequire(process.env.LSTMTUI_CLIENTS + '/');
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.LSTMTUI || 'lstmtui';
const folder = process.argv[2];
// Of shapes, and of scaled data: each prediction is read again, so that a
// difference in rounding grows. Single predictions are compared as well, with
// the reference's tolerance.
const tolerances = {shapes: 1e-5, data: 1e-4};
// axe looks at every so many models, in each colour scheme and size.
const axeEvery = 8;
// PAGES_EVERY=5 in the environment opens the page of every fifth model only: a
// browser takes seconds for each.
const pagesEvery = Number(process.env.PAGES_EVERY || 1);
const textLength = 200;
const worstPoints = {shapes: 0, data: 0};
let failed = false,
	worst = 0,
	findings = 0,
	texts = 0;

function fail(name, ...words) {
	console.log(`${name}:`, ...words);
	failed = true;
}

// The largest difference of nested lists of numbers.
function difference(one, other) {
	if (!Array.isArray(one)) return Math.abs(one - other);
	if (one.length !== other.length) return Infinity;
	return one.reduce(
		(max, x, i) => Math.max(max, difference(x, other[i])),
		0
	);
}

const run = args =>
	execFileSync(program, args, {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit']
	});

const pointsOf = csv =>
	csv
		.trim()
		.split(/\n/)
		.map(line => line.split(',').map(Number));

// Return the predictions of a case, each sequence by itself.
async function predictions(page, reference, {input}) {
	const {scaling, is_text: isText, loss} = reference;
	const data =
		scaling === null
			? input
			: input.map(rows =>
					rows.map(row =>
						row.map(
							(x, i) =>
								scaling.offset[
									i
								] +
								scaling.factor[
									i
								] *
									x
						)
					)
				);
	const outputs = await page.evaluate(
		sequences => sequences.map(s => window.lstmtui.predict(s)),
		data
	);

	if (scaling === null || isText || loss === 'mixture') return outputs;
	return outputs.map(rows =>
		rows.map(row =>
			row.map(
				(x, i) =>
					(x - scaling.offset[i]) /
					scaling.factor[i]
			)
		)
	);
}

async function checkPredictions(page, name, reference) {
	for (const one of reference.cases) {
		const error = difference(
			await predictions(page, reference, one),
			one.output
		);

		worst = Math.max(worst, error);
		if (!(error <= reference.tolerance))
			fail(name, `a prediction differs by ${error}`);
	}
}

// Compare what the page generates with what the program does, in units of the
// scaled numbers.
async function checkGenerated(page, name, model) {
	const generate = options =>
		page.evaluate(o => window.lstmtui.generate(o), options);
	const info = JSON.parse(run(['info', '--json', model]));
	const hasChance = ['mixture', 'crossentropy'].includes(info.loss);
	const hasMemory =
		info.framing === 'sequence' ||
		(info.framing !== 'one-to-one' && info.window > 1);
	const common = [
		'generate',
		'--seed',
		'1',
		'--quiet',
		...(hasChance ? ['--temperature', '0'] : [])
	];

	for (const memory of hasMemory ? [true, false] : [true]) {
		const cut = memory ? [] : ['--no-memory'];

		if (info.task === 'text' || info.task === 'count') {
			await checkText(
				name,
				model,
				[...common, ...cut],
				prime =>
					generate({
						length: textLength,
						prime,
						memory
					})
			);
			continue;
		}
		const starts =
			info.data === null ? [undefined] : [undefined, 'end'];

		for (const start of starts) {
			const wanted = pointsOf(
				run([
					...common,
					...cut,
					...(start ? ['--start', start] : []),
					model
				])
			);
			const got = await generate({start, memory});
			const error = difference(
				...[got, wanted].map(list =>
					list.map(p => scaled(p, info.scaling))
				)
			);
			const kind = info.scaling ? 'data' : 'shapes';

			worstPoints[kind] = Math.max(worstPoints[kind], error);
			if (!(error <= tolerances[kind]))
				fail(
					name,
					`generated from ${start}, memory ` +
						`${memory}: ${error}`
				);
		}
	}
}

async function checkText(name, model, options, generate) {
	for (const prime of ['', 'To be, or']) {
		const wanted = run([
			...options,
			'--length',
			String(textLength),
			...(prime ? ['--prime', prime] : []),
			model
		]).slice(0, -1);
		const got = await generate(prime);

		texts++;
		if (got !== wanted)
			fail(
				name,
				`after '${prime}': ${JSON.stringify(got)}` +
					` is not ${JSON.stringify(wanted)}`
			);
	}
}

// A point in scaled units, rounded as the program rounds those that it prints.
function scaled(point, scaling) {
	if (!scaling) return point;
	return point.map((x, i) => {
		const {factor} = scaling[i];
		const unit = 10 ** (Math.ceil(Math.log10(factor)) - 6);

		return (Math.round(x / unit) * unit) / factor;
	});
}

// Controls, keys, and the cursor.
async function checkKeys(page, name) {
	const value = id => page.locator(id).inputValue();

	await page.locator('h1').click();
	await page.keyboard.press('ArrowRight');
	if (
		(await value('#inside-step')) !== '2' &&
		(await page.locator('#inside-steps tbody tr').count()) > 1
	)
		fail(name, 'the right arrow does not step');
	await page.keyboard.press('ArrowLeft');
	if ((await value('#inside-step')) !== '1')
		fail(name, 'the left arrow does not step back');
	await page.keyboard.press('l');
	await page.keyboard.press('m');
	await page.keyboard.press('g');
	await page.locator('#inside-maps').focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	for (const select of await page.locator('select').all())
		for (const index of [-1, 0])
			await select.selectOption({
				index:
					index < 0
						? (await select
								.locator(
									'option'
								)
								.count()) - 1
						: 0
			});
	for (const range of await page.locator('input[type=range]').all())
		await range.press('ArrowLeft');
}

async function checkAxe(page, name) {
	// a page's policy does not bind scripts of the debugger
	await page.evaluate(`${axe};0`);
	const {violations} = await page.evaluate(() => window.axe.run());

	findings += violations.length;
	for (const {id, nodes} of violations)
		fail(name, `axe: ${id}: ${nodes.map(n => n.html).join(' ')}`);
}

// Load a page; whatever it requests or complains of is a failure.
async function open(browser, name, file, options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const url = pathToFileURL(resolve(file)).href;

	page.setDefaultTimeout(10000);
	page.on('console', message => fail(name, message.text()));
	page.on('pageerror', error => fail(name, String(error), error.stack));
	page.on('dialog', dialog => fail(name, dialog.message()));
	page.on('request', request => {
		if (request.url() !== url && !request.url().startsWith('data:'))
			fail(name, `requests ${request.url()}`);
	});
	await page.goto(url);
	await page.waitForFunction(() => window.lstmtui);
	if (
		await page.evaluate(
			() => document.documentElement.scrollWidth > innerWidth
		)
	)
		fail(name, 'the page is wider than the window');
	return page;
}

const looks = ['light', 'dark'].flatMap(colorScheme => [
	{colorScheme, viewport: {width: 1280, height: 800}},
	{colorScheme, viewport: {width: 390, height: 844}}
]);

async function checkModel(browser, name, index) {
	const model = join(folder, name, 'model.safetensors');
	const file = join(folder, name, 'model.html');
	const reference = JSON.parse(
		readFileSync(join(folder, name, 'reference.json'))
	);
	const page = await open(browser, name, file, looks[index % 4]);

	await checkPredictions(page, name, reference);
	await checkGenerated(page, name, model);
	await checkKeys(page, name);
	await page.context().close();
	for (const look of index % axeEvery === 0 ? looks : []) {
		const other = await open(browser, name, file, look);

		await checkAxe(other, name);
		await other.context().close();
	}
}

// A name, and a vocabulary with it, that try to leave their elements.
async function checkHostile(browser, names) {
	const from = names.find(n => n.startsWith('text-'));
	const place = mkdtempSync(join(tmpdir(), 'page-'));
	const name = '<!--<script>alert(1)<\u2044script>"\'&amp;@DATA@';

	try {
		const model = join(place, name + '.safetensors');

		copyFileSync(join(folder, from, 'model.safetensors'), model);
		run([
			'export',
			'--quiet',
			'--format',
			'html',
			model,
			join(place, 'page.html')
		]);
		for (const look of looks) {
			const page = await open(
				browser,
				name,
				join(place, 'page.html'),
				look
			);

			if (
				(await page.locator('h1').textContent()) !==
					name ||
				(await page.locator('script').count()) !== 2 ||
				!(await page.evaluate(() =>
					window.lstmtui.data.vocabulary.includes(
						'<'
					)
				))
			)
				fail(name, 'the page is another one');
			await checkAxe(page, name);
			await page.context().close();
		}
	} finally {
		rmSync(place, {recursive: true});
	}
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: process.getuid() === 0 ? ['--no-sandbox'] : []
});
const names = readdirSync(folder).filter(name =>
	existsSync(join(folder, name, 'model.html'))
);

const opened = [...names.entries()].filter(([i]) => i % pagesEvery === 0);

for (const [index, name] of opened)
	await checkModel(browser, name, index).catch(error =>
		fail(name, error.message)
	);
await checkHostile(browser, names).catch(error =>
	fail('hostile', error.message)
);
console.log(
	'html: as generated: shapes to ' +
		`${worstPoints.shapes.toExponential(1)}, data to ` +
		`${worstPoints.data.toExponential(1)}, ${texts} texts; ` +
		`${findings} findings of axe`
);
console.log(
	`html in Chromium ${browser.version()}: ${opened.length} models, ` +
		`worst difference ${worst.toExponential(1)}`
);
await browser.close();
process.exit(failed ? 1 : 0);
