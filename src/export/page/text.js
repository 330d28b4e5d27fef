/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts: tokens are characters, bytes or words, numbered as the inputs of the
 * network. The first data.characters tokens are characters or bytes; words,
 * each with the space before it, follow.
 */
const vocabulary = data.vocabulary || [];
const tokenOf = new Map(vocabulary.map((text, token) => [text, token]));
const isBytes = settings.tokens === 'bytes';
/* A word, as the program reads it: letters, and apostrophes between them. */
const word = /^\x20?\p{L}(?:[\p{L}\p{M}]|[\x27’](?=\p{L}))*/u;

/* The input of a token: 1 at its number, 0 elsewhere. */
function oneHot(token) {
	const x = new Float64Array(vocabulary.length);

	x[token] = 1;
	return x;
}

/* The tokens of a text; characters that the network never saw are left out. */
function tokensOf(text) {
	const tokens = [];
	const add = characters => {
		for (const c of characters)
			if (tokenOf.has(c)) tokens.push(tokenOf.get(c));
	};

	if (isBytes) {
		add(
			Array.from(new TextEncoder().encode(text), byte =>
				String.fromCharCode(byte)
			)
		);
		return tokens;
	}
	while (text !== '') {
		/* an unknown word is spelt as a whole */
		const found = settings.tokens === 'words' && word.exec(text);
		const next = found
			? found[0]
			: String.fromCodePoint(text.codePointAt(0));

		add(tokenOf.has(next) ? [next] : next);
		text = text.slice(next.length);
	}
	return tokens;
}

/* The text of tokens; bytes are decoded as UTF-8. */
function textOf(tokens) {
	const text = tokens.map(token => vocabulary[token]).join('');

	return isBytes
		? new TextDecoder().decode(
				Uint8Array.from(text, c => c.charCodeAt(0))
			)
		: text;
}

/* A token as a sign that can be seen. */
function visible(token) {
	const text = vocabulary[token];
	const signs = {'\n': '⏎', '\r': '␍', '\t': '⇥', ' ': '␣'};

	if (isBytes && (text < ' ' || text > '~') && !(text in signs))
		return '×' + text.charCodeAt(0).toString(16).padStart(2, '0');
	return text.replace(/[\n\r\t]|^\x20|\x20$/g, c => signs[c]);
}

/* Whether the state is reset before tokens[at] (--reset-at). */
function isReset(tokens, at) {
	const line = tokenOf.get('\n'),
		carriage = tokenOf.get('\r');
	/* the number of tokens of the line end right before a place */
	const lineEnd = place => {
		if (place > 0 && tokens[place - 1] === carriage) return 1;
		if (place === 0 || tokens[place - 1] !== line) return 0;
		return place > 1 && tokens[place - 2] === carriage ? 2 : 1;
	};
	const length = lineEnd(at);

	if (
		settings.reset_at === 'never' ||
		length === 0 ||
		(tokens[at] === line && tokens[at - 1] === carriage)
	)
		return false;
	return settings.reset_at === 'line' || lineEnd(at - length) > 0;
}

/* The tokens that the network reads before a text: the end of a line. */
function opening() {
	const end = ['\r', '\n']
		.filter(c => tokenOf.has(c))
		.map(c => tokenOf.get(c));

	if (end.length === 0) return [0];
	return settings.reset_at === 'paragraph' ? [...end, ...end] : end;
}

/* Write a text token by token. */
class Writer {
	constructor(options) {
		this.generator = new Generator(options);
		this.recent = [];
	}

	/* Read the prime, or what comes before a text. */
	begin(prime, after = () => {}) {
		for (const token of prime) {
			this.read(token);
			after(token, this.generator);
		}
		if (prime.length === 0)
			opening().forEach(token => this.read(token));
	}

	read(token) {
		const generator = this.generator;

		this.recent = [...this.recent.slice(-3), token];
		if (isReset(this.recent, this.recent.length - 1))
			generator.state = network.zeroState();
		generator.append(oneHot(token));
		generator.predict();
	}

	/* Return the next token, and read it. */
	next() {
		const generator = this.generator;
		const token = choose(generator.expect(), generator.temperature);

		generator.ready.shift();
		if (generator.ready.length > 0)
			/* of one-to-many */
			generator.append(oneHot(token));
		else this.read(token);
		return token;
	}
}

/* For scripts: the probabilities for inputs, which are one-hot rows. */
function predict(inputs) {
	return read(inputs).outputs.map(softmax);
}

/* For scripts: a text of `length` tokens after the prime, with the prime. */
function generate({
	prime = '',
	length = data.length,
	temperature = 0,
	memory = true
} = {}) {
	const writer = new Writer({temperature, memory});
	const tokens = tokensOf(prime);

	writer.begin(tokens);
	for (let i = 0; i < length; i++) tokens.push(writer.next());
	return textOf(tokens);
}
