// SPDX-License-Identifier: GPL-3.0-or-later
// Read exports of weights for Keras with h5wasm, the HDF5 library compiled for
// JavaScript, and compute their predictions.
//
// Usage: keras_h5wasm.mjs MODELS, with the packages of $LSTMTUI_CLIENTS
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The entry for Node.js; require() does not resolve a package of ES modules.
const home = join(process.env.LSTMTUI_CLIENTS, 'node_modules/h5wasm');
const h5wasm = await import(pathToFileURL(
  join(home, 'dist/node/hdf5_hl.js')));
const { version } = JSON.parse(readFileSync(join(home, 'package.json')));

const BASE = { lstm: 'lstm', gru: 'gru', rnn: 'simple_rnn' };

function tensor(file, path, shape) {
  const dataset = file.get(path);
  if (!dataset) throw new Error(`no ${path}`);
  if (String(dataset.shape) !== String(shape) || dataset.dtype !== '<f')
    throw new Error(`${path}: ${dataset.dtype} [${dataset.shape}]`);
  return dataset.value;
}

// Return x · kernel, of a row and a matrix of `width` columns, plus the bias.
function affine(x, kernel, bias, width) {
  return Array.from({ length: width }, (_, j) =>
    x.reduce((sum, value, i) => sum + value * kernel[i * width + j], bias[j]));
}

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

function hardSigmoid(x) {
  return Math.min(1, Math.max(0, 0.2 * x + 0.5));
}

// Return the state after a step: outputs and, of an LSTM, cells.
function step(cell, gate, units, x, [h, c], { kernel, recurrent, bias }) {
  const width = kernel.length / x.length;
  const zero = new Array(width).fill(0);
  const first = affine(x, kernel, bias.slice(0, width), width);
  const inner = affine(h, recurrent,
    cell === 'gru' ? bias.slice(width) : zero, width);
  const all = (function_) => Array.from({ length: units }, (_, i) =>
    function_(i));
  const sum = (k, i) => first[k * units + i] + inner[k * units + i];
  if (cell === 'rnn') return [all((i) => Math.tanh(sum(0, i)))];
  if (cell === 'lstm') {
    const next = all((i) => gate(sum(1, i)) * c[i] +
      gate(sum(0, i)) * Math.tanh(sum(2, i)));
    return [all((i) => gate(sum(3, i)) * Math.tanh(next[i])), next];
  }
  return [all((i) => {
    const z = gate(sum(0, i)), r = gate(sum(1, i));
    return z * h[i] + (1 - z) *
      Math.tanh(first[2 * units + i] + r * inner[2 * units + i]);
  })];
}

function softmax(values) {
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const GATES = { lstm: 4, gru: 3, rnn: 1 };

function read(file, { cell, units, features, outputs }) {
  const layers = units.map((count, i) => {
    const path = `layers/${BASE[cell]}${i ? `_${i}` : ''}/cell/vars`;
    const inputs = i ? units[i - 1] : features;
    const width = GATES[cell] * count;
    return {
      units: count,
      kernel: tensor(file, `${path}/0`, [inputs, width]),
      recurrent: tensor(file, `${path}/1`, [count, width]),
      bias: tensor(file, `${path}/2`, cell === 'gru' ? [2, width] : [width]),
    };
  });
  const last = units[units.length - 1];
  return {
    layers,
    kernel: tensor(file, 'layers/dense/vars/0', [last, outputs]),
    bias: tensor(file, 'layers/dense/vars/1', [outputs]),
  };
}

function predict(model, reference, steps) {
  const gate = reference.recurrent_activation === 'sigmoid' ?
    sigmoid : hardSigmoid;
  let rows = steps;
  if (reference.framing === 'one-to-many')
    rows = new Array(reference.window).fill(steps[0]);
  for (const layer of model.layers) {
    let state = [new Array(layer.units).fill(0),
      new Array(layer.units).fill(0)];
    rows = rows.map((row) => {
      state = step(reference.cell, gate, layer.units, row, state, layer);
      return state[0];
    });
  }
  if (reference.framing === 'many-to-one') rows = rows.slice(-1);
  return rows.map((row) => {
    const values = affine(row, model.kernel, model.bias, reference.outputs);
    return reference.is_text ? softmax(values) : values;
  });
}

function difference(value, expected) {
  if (!Array.isArray(expected)) return Math.abs(value - expected);
  if (value.length !== expected.length) return Infinity;
  return expected.reduce(
    (most, item, i) => Math.max(most, difference(value[i], item)), 0);
}

function check(path, reference) {
  const file = new h5wasm.File(path, 'r');
  try {
    const described = JSON.parse(file.get('lstmtui.json').value);
    const count = described.vocabulary ? described.vocabulary.length : 0;
    if (count !== (reference.is_text ? reference.features : 0))
      throw new Error(`a vocabulary of ${count}`);
    const model = read(file, reference);
    const away = difference(
      reference.cases.map(({ input }) =>
        input.map((steps) => predict(model, reference, steps))),
      reference.cases.map(({ output }) => output));
    // NaN must not pass
    if (!(away <= reference.tolerance)) throw new Error(`differs by ${away}`);
    return away;
  } finally {
    file.close();
  }
}

await h5wasm.ready;
const [models] = process.argv.slice(2);
let count = 0, failed = 0, worst = 0;
for (const name of readdirSync(models).sort()) {
  const path = join(models, name, 'model.weights.h5');
  if (!existsSync(path)) continue;
  const reference =
    JSON.parse(readFileSync(join(models, name, 'reference.json')));
  try {
    worst = Math.max(worst, check(path, reference));
  } catch (error) {
    console.log(`${name}: ${error.message}`);
    failed++;
  }
  count++;
}
console.log(`keras-weights in h5wasm ${version}: ${count} models, ` +
  `worst difference ${worst.toExponential(1)}`);
process.exit(failed || !count ? 1 : 0);
