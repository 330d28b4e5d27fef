/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the network does by itself: it predicts, reads its own prediction, and
 * so draws or writes. This is the program's `generate` in JavaScript.
 */
const network = new Network();
const features = data.features;
const window_ = settings.window;
const carriesState = settings.framing === 'sequence';
const readsWindow = settings.framing === 'many-to-one';
const writesWindow = settings.framing === 'one-to-many';
/* Points that a sequence starts from. */
const startPoints = readsWindow ? window_ : 1;
const hasMemory =
	carriesState || ((readsWindow || writesWindow) && window_ > 1);
const isMixture = settings.loss === 'mixture';

/*
 * Choose a number by its score: softmax(scores / temperature). At temperature
 * 0 the highest score, the first of equal ones.
 */
function choose(scores, temperature) {
	const highest = scores.indexOf(Math.max(...scores));

	if (temperature <= 0) return highest;
	const weights = Array.from(scores, s =>
		Math.exp((s - scores[highest]) / temperature)
	);
	let rest = Math.random() * weights.reduce((a, b) => a + b);
	const found = weights.findIndex(w => (rest -= w) < 0);

	return found < 0 ? highest : found;
}

function softmax(scores) {
	const max = Math.max(...scores);
	const weights = Array.from(scores, s => Math.exp(s - max));
	const sum = weights.reduce((a, b) => a + b);

	return weights.map(w => w / sum);
}

/*
 * Let the network read inputs in the framing of the run, from a state or from
 * zero. Return the outputs, those of a window of one input, and the last state.
 */
function read(inputs, state = network.zeroState()) {
	const outputs = [];

	if (writesWindow)
		inputs = Array(window_).fill(inputs[inputs.length - 1]);
	for (const x of inputs) {
		const result = network.step(
			x,
			settings.framing === 'one-to-one'
				? network.zeroState()
				: state
		);

		state = result.state;
		outputs.push(result.output);
	}
	return {outputs: readsWindow ? outputs.slice(-1) : outputs, state};
}

/*
 * Generate inputs, points or tokens. Without memory the state is zero at each
 * step. `fresh` is whether the state is zero before the next input is read.
 */
class Generator {
	constructor({memory = true, temperature = 1} = {}) {
		this.memory = memory;
		this.temperature = temperature;
		this.reset();
	}

	reset(states = null) {
		this.state = states || network.zeroState();
		this.inputs = []; /* those that the network reads next */
		this.ready = []; /* outputs whose points are not taken yet */
		this.isPending = false;
	}

	/* Another one that goes on from here; a state itself never changes. */
	copy() {
		return Object.assign(new Generator(this), this, {
			inputs: this.inputs.slice(),
			ready: this.ready.slice()
		});
	}

	/* Let the network read the inputs. */
	predict() {
		const inputs = this.memory
			? this.inputs
			: this.inputs.slice(-1);
		const steps = writesWindow ? window_ : 1;

		if (this.memory) {
			const {outputs, state} = read(
				inputs,
				carriesState ? this.state : network.zeroState()
			);

			this.ready = outputs.slice();
			this.state = state;
		} else {
			const result = network.step(
				inputs[0],
				network.zeroState()
			);

			this.ready = Array(isText ? 1 : steps).fill(
				result.output
			);
			this.state = result.state;
		}
		this.isPending = false;
	}

	append(input) {
		this.inputs.push(input);
		if (this.inputs.length > startPoints) this.inputs.shift();
		this.isPending = true;
	}

	/* Read an input that was not generated. */
	read(input) {
		if (this.isPending && carriesState && this.memory)
			this.predict();
		this.append(input);
		this.ready = [];
	}

	/* The outputs for what comes next. */
	expect() {
		if (this.ready.length === 0) this.predict();
		return this.ready[0];
	}
}

/* The states of the layers from floats: h and, of an LSTM, c. */
function cellStates(states) {
	return network.layers.map((layer, l) => {
		const values = layer.empty(),
			numbers = floats(states[l]);

		cell.carries.forEach((name, k) =>
			values[name].set(
				numbers.subarray(
					k * layer.units,
					(k + 1) * layer.units
				)
			)
		);
		return values;
	});
}
