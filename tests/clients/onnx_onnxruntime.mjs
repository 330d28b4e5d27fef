// SPDX-License-Identifier: GPL-3.0-or-later
// Run the exports for ONNX in ONNX Runtime, both the one for Node.js and the
// one for browsers (WebAssembly): whole sequences, and those of the framing
// sequence also step by step with the state carried.
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(process.env.LSTMTUI_CLIENTS + '/');
const folder = process.argv[2];
const names = ['onnxruntime-node', 'onnxruntime-web'];

// Units of the layer of a state: "lstm_1.initial_h" is of the second.
function unitsOf(name, reference) {
	const match = name.match(/^[a-z_]+?(?:_(\d+))?\./);

	return reference.units[match[1] ? Number(match[1]) : 0];
}

// An input in the units of the data, which are doubles.
function inputTensor(ort, input, reference) {
	const { scaling, features, framing } = reference;
	const scaled = input.flat(2);
	const shape = [input.length, input[0].length, features];

	if (framing === 'one-to-many')
		shape.splice(1, 1);
	if (!scaling)
		return new ort.Tensor('float32', Float32Array.from(scaled),
			shape);
	return new ort.Tensor('float64', Float64Array.from(scaled, (x, i) =>
		scaling.offset[i % features] +
		scaling.factor[i % features] * x), shape);
}

// The numbers of an output in the network's units.
function outputNumbers(output, reference) {
	const { scaling, features, loss } = reference;

	if (!scaling || loss === 'mixture')
		return Array.from(output.data);
	return Array.from(output.data, (y, i) =>
		(y - scaling.offset[i % features]) /
		scaling.factor[i % features]);
}

function difference(actual, expected) {
	if (actual.length !== expected.length)
		return Infinity;
	return actual.reduce((worst, x, i) => {
		const d = Math.abs(x - expected[i]);

		return d <= worst ? worst : Number.isNaN(d) ? Infinity : d;
	}, 0);
}

function zeroStates(ort, session, reference) {
	const states = {};

	for (const name of session.inputNames.slice(1)) {
		const units = unitsOf(name, reference);

		states[name] = new ort.Tensor('float32',
			new Float32Array(units), [1, units]);
	}
	return states;
}

// Read a case step by step: each step starts from the final state of the last.
async function stepThrough(ort, session, input, reference) {
	let states = zeroStates(ort, session, reference);
	const steps = [];

	for (let t = 0; t < input[0].length; t++) {
		const step = input.map((sample) => [sample[t]]);
		const result = await session.run({
			input: inputTensor(ort, step, reference), ...states });

		steps.push(outputNumbers(result.output, reference));
		states = Object.fromEntries(Object.keys(states).map((name) =>
			[name, result[name.replace('initial', 'final')]]));
	}
	// [time][batch · outputs] to [batch][time][outputs]
	return input.flatMap((_, b) => steps.flatMap((step) => step.slice(
		b * reference.outputs, (b + 1) * reference.outputs)));
}

async function check(ort, name) {
	const path = (file) => join(folder, name, file);
	const reference = JSON.parse(readFileSync(path('reference.json')));
	const session = await ort.InferenceSession.create(
		readFileSync(path('model.onnx')), { logSeverityLevel: 3 });
	let worst = 0;

	if (session.inputNames[0] !== 'input' ||
		session.outputNames[0] !== 'output')
		throw new Error(`inputs ${session.inputNames}`);
	if ((session.inputNames.length > 1) !==
		(reference.framing === 'sequence'))
		throw new Error(`states ${session.inputNames}`);
	for (const { input, output } of reference.cases) {
		const expected = output.flat(2);
		const result = await session.run({
			input: inputTensor(ort, input, reference),
			...zeroStates(ort, session, reference) });
		const numbers = outputNumbers(result.output, reference);

		worst = Math.max(worst, difference(numbers, expected));
		if (session.inputNames.length > 1)
			worst = Math.max(worst, difference(await stepThrough(
				ort, session, input, reference), expected));
	}
	if (!(worst <= reference.tolerance))
		throw new Error(`differs by ${worst}`);
	return worst;
}

let failed = 0, tried = 0;
for (const client of names) {
	let ort, worst = 0, models = 0;

	try {
		ort = require(client);
	} catch (error) {
		console.log(`${client}: ${error.message.split('\n')[0]}`);
		continue;
	}
	tried++;
	for (const name of readdirSync(folder).sort()) {
		if (!existsSync(join(folder, name, 'model.onnx')))
			continue;
		models++;
		try {
			worst = Math.max(worst, await check(ort, name));
		} catch (error) {
			failed++;
			console.log(`${name}: ${error.message}`);
		}
	}
	if (models === 0)
		failed++;
	console.log(`onnx in ${client} ${ort.env.versions.common}: ` +
		`${models} models, worst difference ${worst.toExponential(1)}`);
}
process.exit(failed > 0 || tried === 0 ? 1 : 0);
