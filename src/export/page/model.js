/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network: layers of LSTM, GRU or simple recurrent cells, and a dense
 * layer. The weights are float32, as they were learnt; the sums are computed
 * in double precision. Kernels are matrices [rows, columns], row by row. The
 * columns are the gates of Keras, one after the other, each a column per unit.
 */
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const settings = data.settings;
const isText = 'vocabulary' in data;

/* Numbers from base64 of float32, lowest byte first. */
function floats(base64) {
	const view = new DataView(
		Uint8Array.from(atob(base64 || ''), c => c.charCodeAt(0)).buffer
	);
	const values = new Float32Array(view.byteLength / 4);

	return values.map((_, i) => view.getFloat32(4 * i, true));
}

const sigmoid = x => 1 / (1 + Math.exp(-x));
/* The sigmoid of Keras before 2.3. */
const hardSigmoid = x => Math.min(Math.max(0.2 * x + 0.5, 0), 1);

/* Return bias + x · matrix. Of a token, only one x is not 0. */
function product(x, matrix, bias) {
	const z = Float64Array.from(bias);

	for (let row = 0; row < x.length; row++) {
		if (x[row] === 0) continue;
		for (let k = 0, at = row * z.length; k < z.length; k++, at++)
			z[k] += x[row] * matrix[at];
	}
	return z;
}

/*
 * The cells. Each gets the input x, or the outputs of the layer below, and the
 * layer's own values of the step before. It returns all its values of this
 * step; those named in `carries` are what it remembers.
 */
const cells = {
	/*
	 * i, f, o: input, forget and output gate, from 0, closed, to 1, open
	 * g: the candidate, c: the cell, the memory, h: the output
	 */
	lstm: {
		carries: ['h', 'c'],
		views: ['i', 'f', 'g', 'c', 'o', 'h'],
		step(layer, x, before) {
			const n = layer.units,
				v = layer.empty();
			const z = product(
				before.h,
				layer.recurrentKernel,
				product(x, layer.kernel, layer.bias)
			);

			for (let u = 0; u < n; u++) {
				v.i[u] = layer.gate(z[u]);
				v.f[u] = layer.gate(z[n + u]);
				v.g[u] = Math.tanh(z[2 * n + u]);
				v.o[u] = layer.gate(z[3 * n + u]);
				v.c[u] = v.f[u] * before.c[u] + v.i[u] * v.g[u];
				v.h[u] = v.o[u] * Math.tanh(v.c[u]);
			}
			return v;
		}
	},
	/*
	 * z: update gate, r: reset gate, g: the candidate,
	 * h: memory and output.
	 * The bias has two rows, one for x and one for the h before.
	 */
	gru: {
		carries: ['h'],
		views: ['z', 'r', 'g', 'h'],
		step(layer, x, before) {
			const n = layer.units,
				v = layer.empty();
			const a = product(
				x,
				layer.kernel,
				layer.bias.subarray(0, 3 * n)
			);
			const b = product(
				before.h,
				layer.recurrentKernel,
				layer.bias.subarray(3 * n)
			);

			for (let u = 0; u < n; u++) {
				v.z[u] = layer.gate(a[u] + b[u]);
				v.r[u] = layer.gate(a[n + u] + b[n + u]);
				v.g[u] = Math.tanh(
					a[2 * n + u] + v.r[u] * b[2 * n + u]
				);
				v.h[u] =
					v.z[u] * before.h[u] +
					(1 - v.z[u]) * v.g[u];
			}
			return v;
		}
	},
	/* h: memory and output */
	rnn: {
		carries: ['h'],
		views: ['h'],
		step(layer, x, before) {
			const v = layer.empty();

			v.h = product(
				before.h,
				layer.recurrentKernel,
				product(x, layer.kernel, layer.bias)
			).map(Math.tanh);
			return v;
		}
	}
};

const cell = cells[settings.cell];

/* A recurrent layer and its weights. */
class Layer {
	constructor(tensor, units) {
		this.units = units;
		this.kernel = tensor('kernel');
		this.recurrentKernel = tensor('recurrent_kernel');
		this.bias = tensor('bias');
		this.gate =
			settings.recurrent_activation === 'hard-sigmoid'
				? hardSigmoid
				: sigmoid;
	}

	/* All values 0: the state of a layer that has read nothing. */
	empty() {
		return Object.fromEntries(
			cell.views.map(name => [
				name,
				new Float64Array(this.units)
			])
		);
	}
}

/* All layers. A state is a list of the values of each layer. */
class Network {
	constructor() {
		const values = floats(data.values),
			tensors = {};
		let at = 0;

		for (const [name, rows, columns] of data.weights)
			tensors[name] = values.subarray(at,
				at += Math.max(rows, 1) * columns);
		this.layers = settings.units.map((units, l) => {
			/* each has three tensors: "lstm_1.kernel", ... */
			const layer = data.weights[3 * l][0].split('.')[0];

			return new Layer(
				name => tensors[`${layer}.${name}`],
				units
			);
		});
		this.dense = {
			kernel: tensors['dense.kernel'],
			bias: tensors['dense.bias']
		};
	}

	zeroState() {
		return this.layers.map(layer => layer.empty());
	}

	/* Read one input; return the state after it and the outputs. */
	step(x, before) {
		const state = this.layers.map((layer, l) => {
			const values = cell.step(layer, x, before[l]);

			x = values.h;
			return values;
		});

		return {
			state,
			output: product(x, this.dense.kernel, this.dense.bias)
		};
	}
}
