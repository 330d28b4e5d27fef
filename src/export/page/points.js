/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points, of shapes and of data. The network computes with scaled points,
 * (number - offset) / factor; people see them in the units of the data.
 */
function scaled(point) {
	return Array.from(point, (x, i) =>
		Math.fround(
			data.scaling
				? (x - data.scaling.offset[i]) /
						data.scaling.factor[i]
				: x
		)
	);
}

function unscaled(point) {
	return Array.from(point, (x, i) =>
		data.scaling
			? data.scaling.offset[i] + data.scaling.factor[i] * x
			: x
	);
}

/* Cut numbers into points. */
function pointsOf(numbers) {
	return Array.from({length: numbers.length / features}, (_, i) =>
		numbers.slice(i * features, (i + 1) * features)
	);
}

/* Points of a forecast. */
const forecastLength = Math.min(data.length, 100);

/* A number of the normal distribution (Box and Muller). */
function normal() {
	return (
		Math.sqrt(-2 * Math.log(1 - Math.random())) *
		Math.cos(2 * Math.PI * Math.random())
	);
}

/*
 * A point of the mixture density whose parameters are the outputs: for each of
 * its components a score, then means, then log widths, then the correlation of
 * two axes. As in Ha and Eck 2017, a score is divided by the temperature and a
 * width multiplied by its root.
 */
function drawMixture(outputs, temperature) {
	const count = settings.mixtures,
		d = features;
	const j = choose(outputs.slice(0, count), temperature);
	const means = count + j * d,
		widths = means + count * d;
	const rho =
		d === 2
			? 0.999 * Math.tanh(outputs[count * (1 + 2 * d) + j])
			: 0;
	let first = 0;

	return Array.from({length: d}, (_, k) => {
		const sigma =
			settings.sigma_floor + Math.exp(outputs[widths + k]);
		let z = temperature > 0 ? normal() : 0;

		if (k === 0) first = z;
		else
			/* correlated with the first axis */
			z = rho * first + Math.sqrt(1 - rho * rho) * z;
		return outputs[means + k] + Math.sqrt(temperature) * sigma * z;
	});
}

/* The point that the outputs mean, drawn by chance if they are a density. */
function pointFrom(outputs, temperature) {
	return Array.from(
		isMixture
			? drawMixture(outputs, temperature)
			: outputs.slice(0, features),
		Math.fround
	);
}

/* Return the next point of a generator, and let it read it. */
function nextPoint(generator) {
	const point = pointFrom(generator.expect(), generator.temperature);

	generator.ready.shift();
	generator.append(point);
	return point;
}

/*
 * Return a generator that has read points, all scaled; the states are those of
 * the layers before the first point, or null.
 */
function readPoints(points, options, states = null) {
	const generator = new Generator(options);

	generator.reset(states && cellStates(states));
	for (const point of points) generator.read(point);
	return generator;
}

/* Return so many points that come next; the generator can do so again. */
function goOn(generator, count) {
	const own = generator.copy();

	return Array.from({length: count}, () => nextPoint(own));
}

/*
 * For scripts: the outputs for inputs in the units of the data, a row for each
 * prediction of the framing: points, or the parameters of a mixture.
 */
function predict(inputs) {
	return read(inputs.map(scaled)).outputs.map(output =>
		isMixture ? Array.from(output) : unscaled(output)
	);
}

/*
 * For scripts: generate as the program does. `start` is a list of points, which
 * `length` counts too, or 'end', the end of the data.
 */
function generate({start, length, temperature = 0, memory = true} = {}) {
	const options = {temperature, memory};

	if (start === 'end')
		return goOn(
			readPoints(
				pointsOf(floats(data.end.points)),
				options,
				data.end.states
			),
			length || forecastLength
		).map(unscaled);
	const points = start ? start.map(scaled) : pointsOf(floats(data.start));
	const rest = Math.max((length || data.length) - points.length, 0);

	return [...points, ...goOn(readPoints(points, options), rest)].map(
		unscaled
	);
}
