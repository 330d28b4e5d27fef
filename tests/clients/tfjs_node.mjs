// SPDX-License-Identifier: GPL-3.0-or-later
// Load exports for TensorFlow.js with it and compare its predictions.
//
// Usage: tfjs_node.mjs MODELS, with the packages of $LSTMTUI_CLIENTS
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(process.env.LSTMTUI_CLIENTS + '/');
const tf = require('@tensorflow/tfjs');

// Serve the models to the loader, which fetches them as a page does.
function serve(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(request.url));
    response.writeHead(existsSync(path) ? 200 : 404);
    response.end(existsSync(path) ? readFileSync(path) : undefined);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(server)));
}

function difference(value, expected) {
  if (!Array.isArray(expected)) return Math.abs(value - expected);
  if (!Array.isArray(value) || value.length !== expected.length)
    return Infinity;
  return expected.reduce(
    (most, item, i) => Math.max(most, difference(value[i], item)), 0);
}

// The reference has nine digits.
function isNear(values, expected) {
  return values.length === expected.length && expected.every((number, i) =>
    Math.abs(values[i] - number) <= 1e-8 * Math.abs(number));
}

// The vocabulary and the scaling beside the model, as the reference has them.
function checkCompanions(folder, reference) {
  const read = (name) => existsSync(join(folder, name)) ?
    JSON.parse(readFileSync(join(folder, name))) : null;
  const vocabulary = read('vocabulary.json');
  const scaling = read('scaling.json');
  const count = vocabulary === null ? 0 : vocabulary.length;
  if (count !== (reference.is_text ? reference.features : 0))
    throw new Error(`a vocabulary of ${count}`);
  if ((scaling === null) !== (reference.scaling === null))
    throw new Error('the scaling is missing or superfluous');
  for (const key of ['offset', 'factor'])
    if (scaling !== null && !isNear(scaling[key], reference.scaling[key]))
      throw new Error(`another ${key} of the scaling`);
}

async function check(folder, url, reference) {
  const model = await tf.loadLayersModel(`${url}/model.json`);
  let worst = 0;
  for (const { input, output } of reference.cases) {
    // [batch, features] to be repeated, or [batch, time, features]
    const given = reference.framing === 'one-to-many' ?
      tf.tensor2d(input.map((steps) => steps[0])) : tf.tensor3d(input);
    const expected = reference.framing === 'many-to-one' ?
      output.map((steps) => steps[0]) : output;
    const result = model.predict(given);
    const away = difference(await result.array(), expected);
    worst = Math.max(worst, away);
    // NaN must not pass
    if (!(away <= reference.tolerance)) throw new Error(`differs by ${away}`);
    tf.dispose([given, result]);
  }
  checkCompanions(folder, reference);
  model.dispose();
  return worst;
}

await tf.setBackend('cpu');
const [models] = process.argv.slice(2);
const server = await serve(models);
const home = `http://127.0.0.1:${server.address().port}`;
let count = 0, failed = 0, worst = 0;
for (const name of readdirSync(models).sort()) {
  const folder = join(models, name, 'tfjs');
  if (!existsSync(folder)) continue;
  const reference =
    JSON.parse(readFileSync(join(models, name, 'reference.json')));
  try {
    worst = Math.max(worst, await check(folder,
      `${home}/${encodeURIComponent(name)}/tfjs`, reference));
  } catch (error) {
    console.log(`${name}: ${error.message}`);
    failed++;
  }
  count++;
}
console.log(`tfjs in TensorFlow.js ${tf.version.tfjs}: ${count} models, ` +
  `worst difference ${worst.toExponential(1)}`);
process.exit(failed || !count ? 1 : 0);
