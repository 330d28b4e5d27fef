/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One sequence through the network, step by step: what goes in, what comes out,
 * the truth, and all values of the cells.
 */

/*
 * The steps of a sequence of so many points or tokens, as the framing cuts it:
 * the number of the input, and of the target or null. A fresh step starts from
 * zero state. The last input, whose target nobody knows, is read too.
 */
function stepsOf(length) {
	const steps = [];

	/* the only window of a short text is as long as the text */
	const size = Math.min(window_, length);
	const last = size - 1;

	if (readsWindow)
		for (let first = 0; first + size <= length; first++)
			for (let j = 0; j < size; j++)
				steps.push({
					input: first + j,
					fresh: j === 0,
					target: j === last ? first + size : null
				});
	else if (writesWindow)
		for (let input = 0; input < length; input++)
			for (let j = 0; j < window_; j++)
				steps.push({
					input,
					fresh: j === 0,
					target: input + 1 + j
				});
	else
		for (let input = 0; input < length; input++)
			steps.push({
				input,
				target: input + 1,
				fresh: settings.framing === 'one-to-one'
			});
	for (const step of steps) if (step.target >= length) step.target = null;
	return steps;
}

/* Add to the steps of a sequence, scaled points or tokens, state and output. */
function inspect(sequence, {memory = true, states = null} = {}) {
	let state = states ? cellStates(states) : network.zeroState();

	return stepsOf(sequence.length).map((step, t) => {
		const input = sequence[step.input];
		const isFresh =
			step.fresh ||
			!memory ||
			(isText && carriesState && isReset(sequence, t));
		const before =
			isFresh && !(t === 0 && states && memory)
				? network.zeroState()
				: state;
		const result = network.step(
			isText ? oneHot(input) : input,
			before
		);

		state = result.state;
		return {...step, isFresh, before, ...result};
	});
}
