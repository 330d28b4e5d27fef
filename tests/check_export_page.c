/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export --format html`: the page is well-formed whatever the
 * names and the vocabulary, its policy allows its own script and style, and its
 * data is the run's. tests/clients/page_chromium.mjs opens pages in a browser.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "here.h"
#include "suite.h"

#define MODEL "m.safetensors"

/* Bytes of a page of a small run besides the weights. */
enum { SIZE_MAX_WITHOUT_WEIGHTS = 50000 };

/* ---------------------------------------------------------------------- */
/* Encodings. */

static void
expect_hash(const char *text, const char *expected)
{
	unsigned char hash[SHA256_SIZE];
	char shown[2 * SHA256_SIZE + 1];

	sha256_bytes(text, strlen(text), hash);
	for (int i = 0; i < SHA256_SIZE; i++)
		snprintf(shown + 2 * i, 3, "%02x", hash[i]);
	ck_assert_str_eq(shown, expected);
}

/* The examples of FIPS 180, and lengths at which the padding changes. */
START_TEST(sha256_has_the_values_of_the_standard)
{
	expect_hash("",
		"e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855");
	expect_hash("abc",
		"ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad");
	expect_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039"
		"a33ce45964ff2167f6ecedd419db06c1");
	expect_hash("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		    "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		"cf5b16a778af8380036ce59e7b049237"
		"0b249b11e8f07a51afac45037afee9d1");
}
END_TEST

static void
expect_base64(const char *text, const char *expected)
{
	struct bytes bytes = {0};

	base64_add(&bytes, text, strlen(text));
	bytes_add(&bytes, "", 1);
	ck_assert_str_eq((const char *)bytes.data, expected);
	bytes_release(&bytes);
}

/* The test vectors of RFC 4648, and the last two digits. */
START_TEST(base64_has_the_values_of_the_standard)
{
	expect_base64("", "");
	expect_base64("f", "Zg==");
	expect_base64("\146o", "Zm8=");
	expect_base64("foo", "Zm9v");
	expect_base64("foob", "Zm9vYg==");
	expect_base64("\373\357\377", "++//");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Pages. */

struct page {
	char *html;
	size_t size;
	char *style, *script, *text; /* copies of the elements' contents */
	json_t *data;                /* of text */
};

/* Copy what is between two strings, the first of which is unique. */
static char *
between(const char *html, const char *start, const char *end)
{
	const char *from = strstr(html, start), *to;
	size_t length;
	char *copy;

	ck_assert_ptr_nonnull(from);
	from += strlen(start);
	to = strstr(from, end);
	ck_assert_ptr_nonnull(to);
	length = (size_t)(to - from);
	copy = calloc(length + 1, 1);
	memcpy(copy, from, length);
	return copy;
}

static size_t
count_of(const char *text, const char *word)
{
	size_t count = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		count++;
	return count;
}

static void
read_page(struct page *page, const char *name)
{
	page->html = read_here(name, &page->size);
	page->style = between(page->html, "<style>", "</style>");
	page->script = between(page->html, "<script>", "</script>");
	page->text = between(page->html,
		"<script type=\"application/json\" id=\"data\">", "</script>");
	page->data = parse_object(page->text);
}

static void
release_page(struct page *page)
{
	free(page->html);
	free(page->style);
	free(page->script);
	free(page->text);
	json_decref(page->data);
}

static void
make_page(struct page *page, const char *const *train)
{
	must_run(train);
	MUST("export", "--quiet", "--force", MODEL, "m.html");
	read_page(page, "m.html");
}

#define TRAIN(...)                                                      \
	WORDS("train", "--quiet", "--force", "--seed=3", "--updates=9", \
		__VA_ARGS__, MODEL)

static const char *
string_of(const struct page *page, const char *key)
{
	const char *text = json_string_value(json_object_get(page->data, key));

	ck_assert_ptr_nonnull(text);
	return text;
}

/* Whether the policy in the page allows the element with this content. */
static bool
allows(const struct page *page, const char *directive, const char *content)
{
	char *policy = between(page->html,
		"Content-Security-Policy\" content=\"", "\"");
	unsigned char hash[SHA256_SIZE];
	struct bytes source = {0};
	bool is_found;

	sha256_bytes(content, strlen(content), hash);
	bytes_add_format(&source, "; %s 'sha256-", directive);
	base64_add(&source, hash, sizeof hash);
	bytes_add(&source, "';", 3);
	is_found = strncmp(policy, "default-src 'none';", 19) == 0 &&
		strstr(policy, (const char *)source.data) != NULL &&
		strstr(policy, "unsafe") == NULL;
	bytes_release(&source);
	free(policy);
	return is_found;
}

/* What holds for every page. */
static void
expect_sound(const struct page *page)
{
	ck_assert(allows(page, "script-src", page->script));
	ck_assert(allows(page, "style-src", page->style));
	/* no element but those of the template, and nothing that is loaded */
	ck_assert_uint_eq(count_of(page->html, "<script"), 2);
	ck_assert_uint_eq(count_of(page->html, "</script"), 2);
	ck_assert_uint_eq(count_of(page->html, "<!--"), 1);
	ck_assert_uint_eq(count_of(page->text, "<"), 0);
	ck_assert_uint_eq(count_of(page->script, "</"), 0);
	ck_assert_uint_eq(count_of(page->html, "://"), 1);
	ck_assert_uint_eq(count_of(page->html, "'http://www.w3.org/2000/svg'"),
		1);
	ck_assert_uint_eq(count_of(page->html, " src="), 0);
	ck_assert_uint_eq(count_of(page->style, "url("), 0);
	ck_assert_uint_eq(count_of(page->html, "@NAME@"), 0);
}

static void
expect_every_kind(const char *const *train, const char *own, const char *other)
{
	struct page page;

	make_page(&page, train);
	expect_sound(&page);
	ck_assert_ptr_nonnull(strstr(page.script, own));
	ck_assert_ptr_null(strstr(page.script, other));
	release_page(&page);
}

#define POINTS(...) \
	expect_every_kind(TRAIN(__VA_ARGS__), "drawMixture", "oneHot(token)")
#define TEXT(...)                                                              \
	expect_every_kind(TRAIN("--data=text.txt", "--task=text", "--units=3", \
				  "--batch=4", __VA_ARGS__),                   \
		"oneHot(token)", "drawMixture")

static void
write_text(void)
{
	char text[4000] = "";

	for (int i = 0; i < 60; i++)
		strcat(text, "</script><!-- \"a\" & 'b' caf\303\251\n");
	write_here("text.txt", text);
}

/* Columns of 300 points, more than a page shows. */
static void
write_data(void)
{
	char text[16000] = "time,price\n";

	for (int i = 0; i < 300; i++)
		sprintf(text + strlen(text), "%d,%g\n", 1700000000 + 60 * i,
			900.0 + i % 7);
	write_here("data.csv", text);
}

START_TEST(every_kind_of_run_has_a_page)
{
	static const char *const framings[] = {"--framing=one-to-one",
		"--framing=sequence", "--framing=many-to-one",
		"--framing=one-to-many"};
	static const char *const cells[] = {"--cell=lstm", "--cell=gru",
		"--cell=rnn"};

	write_text();
	write_data();
	POINTS(framings[_i], cells[_i % 3], "--task=star", "--units=3,4");
	POINTS(framings[_i], "--loss=mixture", "--mixtures=2");
	POINTS(framings[_i], "--data=data.csv", "--units=3");
	TEXT(framings[_i], cells[(_i + 1) % 3]);
	TEXT("--tokens=words", "--reset-at=line");
	TEXT("--tokens=bytes");
}
END_TEST

START_TEST(names_and_vocabularies_stay_text)
{
	static const char name[] = "<script>'\"&amp;@DATA@<!--";
	char path[64];
	struct page page;

	write_text();
	must_run(TRAIN("--data=text.txt", "--task=text", "--units=3",
		"--batch=4"));
	snprintf(path, sizeof path, "%s.safetensors", name);
	MUST("train", "--quiet", "--data=text.txt", "--task=text", "--units=3",
		"--batch=4", "--updates=2", path);
	MUST("export", "--quiet", path, "m.html");
	read_page(&page, "m.html");
	expect_sound(&page);
	ck_assert_str_eq(string_of(&page, "name"), name);
	ck_assert_ptr_nonnull(strstr(page.html,
		"<h1>&lt;script>'&quot;&amp;amp;@DATA@&lt;!--</h1>"));
	ck_assert_ptr_nonnull(strstr(page.text, "\"\\u003c\""));
	release_page(&page);
}
END_TEST

START_TEST(the_same_model_gives_the_same_bytes)
{
	struct page page;
	char *other;
	size_t size;

	make_page(&page, TRAIN("--loss=mixture"));
	MUST("export", "--quiet", "--format=html", MODEL, "other");
	other = read_here("other", &size);
	ck_assert_uint_eq(size, page.size);
	ck_assert(memcmp(other, page.html, size) == 0);
	free(other);
	release_page(&page);
}
END_TEST

START_TEST(a_page_is_small)
{
	struct page page;

	make_page(&page, TRAIN("--updates=20000"));
	ck_assert_uint_lt(page.size - strlen(string_of(&page, "values")),
		SIZE_MAX_WITHOUT_WEIGHTS);
	release_page(&page);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Data. */

/* Decode base64 of floats. The caller frees them. */
static float *
decode(const char *text, size_t *count)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = strlen(text), used = 0;
	unsigned char *bytes = calloc(length + 4, 1);
	float *values = calloc(length / 4 + 1, sizeof *values);
	unsigned bits = 0, held = 0;

	for (; *text != '\0' && *text != '='; text++) {
		bits = bits << 6 | (unsigned)(strchr(digits, *text) - digits);
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		bytes[used++] = (unsigned char)(bits >> held);
	}
	ck_assert_uint_eq(used % sizeof *values, 0);
	for (size_t i = 0; i < used; i += 4) {
		uint32_t word = bytes[i] | (uint32_t)bytes[i + 1] << 8 |
			(uint32_t)bytes[i + 2] << 16 |
			(uint32_t)bytes[i + 3] << 24;

		memcpy(values + i / 4, &word, sizeof word);
	}
	*count = used / 4;
	free(bytes);
	return values;
}

START_TEST(the_weights_are_those_of_the_model)
{
	struct tensors tensors;
	struct page page;
	size_t count, length, at = 0, i;
	float *values;
	json_t *weight;

	make_page(&page, TRAIN("--cell=gru", "--units=3,2"));
	read_tensors_here(&tensors, MODEL);
	values = decode(string_of(&page, "values"), &count);
	json_array_foreach(json_object_get(page.data, "weights"), i, weight)
	{
		const char *name = json_string_value(json_array_get(weight, 0));
		size_t rows =
			(size_t)json_integer_value(json_array_get(weight, 1));
		size_t columns =
			(size_t)json_integer_value(json_array_get(weight, 2));
		size_t size = (rows > 0 ? rows : 1) * columns;

		ck_assert_uint_le(at + size, count);
		ck_assert(memcmp(values + at,
				  tensors_find(&tensors, name, "F32", &length),
				  size * sizeof *values) == 0);
		ck_assert_uint_eq(length, size * sizeof *values);
		at += size;
	}
	ck_assert_uint_eq(at, count);
	free(values);
	tensors_release(&tensors);
	release_page(&page);
}
END_TEST

START_TEST(the_curve_covers_all_updates)
{
	struct page page;
	size_t count;
	float *rows;
	json_t *info;

	make_page(&page, TRAIN("--updates=5000"));
	info = OBJECT_OF("info", "--json", MODEL);
	rows = decode(string_of(&page, "history"), &count);
	ck_assert_uint_eq(count % 4, 0);
	ck_assert_uint_ge(count / 4, 100);
	for (size_t i = 0; i < count; i += 4) {
		ck_assert(i == 0 ? rows[i] == 0 : rows[i] > rows[i - 4]);
		ck_assert(rows[i + 2] <= rows[i + 1] &&
			rows[i + 1] <= rows[i + 3]);
	}
	ck_assert(rows[count - 4] >= 4900);
	ck_assert_double_eq_tol(json_real_value(
					json_object_get(page.data, "average")),
		json_real_value(json_object_get(info, "average_loss")), 1e-8);
	free(rows);
	json_decref(info);
	release_page(&page);
}
END_TEST

/* Whether a page says that a model learns its data by heart. */
static bool
says_by_heart(const char *const *words)
{
	struct page page;
	bool is_rising;

	make_page(&page, words);
	is_rising = json_is_true(json_object_get(page.data, "isRising"));
	release_page(&page);
	return is_rising;
}

/* Also where losses are negative, and a little chance is no rise. */
START_TEST(a_page_says_by_heart_only_of_rising_validations)
{
	char text[1201] = "", numbers[1024] = "";
	uint32_t state = 1;

	/* letters by chance: there is nothing to learn but the text itself */
	for (size_t i = 0; i + 1 < sizeof text; i++) {
		state = state * UINT32_C(1103515245) + 12345;
		text[i] = "abcdefgh "[(state >> 16) % 9];
	}
	write_here("heart.txt", text);
	ck_assert(says_by_heart(TRAIN("--task=text", "--data=heart.txt",
		"--units=32", "--batch=4", "--sequence-length=20",
		"--learning-rate=0.01", "--updates=300")));
	for (int i = 0; i < 150; i++)
		snprintf(numbers + strlen(numbers),
			sizeof numbers - strlen(numbers), "%d\n", i % 5);
	write_here("five.csv", numbers);
	ck_assert(!says_by_heart(TRAIN("--data=five.csv", "--framing=sequence",
		"--loss=mixture", "--validation=0.2", "--updates=400")));
}
END_TEST

START_TEST(the_film_has_all_snapshots)
{
	struct page page;
	json_t *snapshots, *last;
	size_t count;
	float *points;

	make_page(&page, TRAIN("--snapshots=1,5,9"));
	snapshots = json_object_get(page.data, "snapshots");
	ck_assert_uint_eq(json_array_size(snapshots), 3);
	last = json_array_get(snapshots, 2);
	ck_assert_int_eq(json_integer_value(json_object_get(last, "update")),
		9);
	points = decode(json_string_value(json_object_get(last, "content")),
		&count);
	ck_assert_uint_eq(count, 8);
	free(points);
	release_page(&page);
}
END_TEST

/* Run the line in a shell in which lstmtui is the program. */
static void
run_line(const char *line)
{
	struct outcome outcome;
	char text[2000];

	snprintf(text, sizeof text, "lstmtui() { \"$LSTMTUI\" \"$@\"; }\n%s\n",
		line);
	command_run(&(struct command){.program = "/bin/sh",
			    .folder = folder,
			    .arguments = WORDS("-c", text)},
		&outcome);
	ck_assert_msg(outcome.status == 0, "%s: %s", line, outcome.errors);
	outcome_release(&outcome);
}

/* The line of a page trains the same weights. */
static void
expect_repeated(const char *const *train)
{
	struct page page, again;

	make_page(&page, train);
	remove_here(MODEL);
	run_line(string_of(&page, "command"));
	MUST("export", "--quiet", "--force", MODEL, "m.html");
	read_page(&again, "m.html");
	ck_assert_str_eq(string_of(&page, "values"),
		string_of(&again, "values"));
	ck_assert_str_eq(string_of(&page, "command"),
		string_of(&again, "command"));
	release_page(&page);
	release_page(&again);
}

START_TEST(the_command_repeats_the_run)
{
	write_text();
	write_data();
	expect_repeated(TRAIN("--task=star", "--cell=gru", "--units=3,2",
		"--learning-rate=0.01", "--optimizer=sgd", "--momentum=0.5"));
	expect_repeated(TRAIN("--data=data.csv", "--columns=price",
		"--framing=many-to-one", "--window=4", "--scale=none"));
	expect_repeated(TRAIN("--data=text.txt", "--task=text", "--units=3",
		"--batch=4", "--tokens=bytes", "--sequence-length=9"));
}
END_TEST

START_TEST(folders_are_left_out)
{
	char data[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE];
	struct page page;

	write_data();
	MUST("train", "--quiet", "--updates=2", "--data",
		path_here(data, "data.csv"), path_here(model, MODEL));
	MUST("export", "--quiet", model, "m.html");
	read_page(&page, "m.html");
	ck_assert_ptr_null(strstr(page.html, folder));
	ck_assert_ptr_nonnull(
		strstr(string_of(&page, "command"), " --data data.csv "));
	release_page(&page);
}
END_TEST

/* The end of long data is there, with the state before it. */
START_TEST(the_end_of_the_data_is_there)
{
	struct page page;
	json_t *end, *states;
	size_t count;
	float *state;

	write_data();
	make_page(&page,
		TRAIN("--data=data.csv", "--framing=sequence", "--units=3,2",
			"--columns=price"));
	end = json_object_get(page.data, "end");
	ck_assert_int_eq(json_integer_value(json_object_get(end, "count")),
		300);
	ck_assert(json_is_null(json_object_get(end, "states")));
	release_page(&page);
	make_page(&page,
		TRAIN("--data=data.csv", "--framing=sequence", "--units=3,2"));
	end = json_object_get(page.data, "end");
	ck_assert_int_eq(json_integer_value(json_object_get(end, "count")),
		200);
	states = json_object_get(end, "states");
	ck_assert_uint_eq(json_array_size(states), 2);
	state = decode(json_string_value(json_array_get(states, 0)), &count);
	ck_assert_uint_eq(count, 6);
	ck_assert(state[0] != 0 && state[3] != 0);
	free(state);
	release_page(&page);
}
END_TEST

START_TEST(the_examples_are_those_of_inspect)
{
	struct page page;
	json_t *inspected, *step;
	size_t count, i;
	float *points;

	make_page(&page, TRAIN("--task=star", "--framing=sequence"));
	inspected = OBJECT_OF("inspect", "--json", MODEL);
	points = decode(json_string_value(
				json_array_get(json_object_get(page.data,
						       "examples"),
					0)),
		&count);
	json_array_foreach(json_object_get(inspected, "steps"), i, step)
	{
		json_t *input = json_object_get(step, "input");

		ck_assert_double_eq_tol(points[2 * i],
			json_number_value(json_array_get(input, 0)), 1e-8);
	}
	ck_assert_uint_eq(count, 20);
	free(points);
	json_decref(inspected);
	release_page(&page);
}
END_TEST

static void
expect_note(const char *words)
{
	char *output = OUTPUT_OF("export", "--force", MODEL, "m.html");

	ck_assert_uint_eq(count_of(output, "\n"), *words != '\0' ? 2 : 1);
	ck_assert_ptr_nonnull(strstr(output, words));
	free(output);
}

START_TEST(a_note_tells_what_a_page_shows_of_the_data)
{
	must_run(TRAIN("--units=3"));
	expect_note("");
	write_data();
	must_run(TRAIN("--data=data.csv", "--units=3"));
	expect_note("some of the data");
	remove_here("data.csv");
	expect_note("shows none of it");
	write_text();
	must_run(TRAIN("--data=text.txt", "--task=text", "--batch=4"));
	expect_note("some of the data");
	write_here("text.txt", "Another text, long enough to be read.");
	expect_note("shows none of it");
}
END_TEST

START_TEST(a_summary_says_what_was_measured)
{
	struct page page;

	make_page(&page, TRAIN("--updates=3000"));
	ck_assert_ptr_nonnull(strstr(page.html,
		"LSTM(10) \342\206\222 Dense(2) with 542 parameters, of which "
		"112 can learn, learnt to draw rectangles."));
	ck_assert_ptr_nonnull(strstr(page.html,
		"After 3,000 updates its "
		"average loss, mae, is 0."));
	ck_assert_ptr_nonnull(strstr(page.html, "of its size."));
	release_page(&page);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_page");
	TCase *group = add_case(suite, "encodings");

	tcase_add_test(group, sha256_has_the_values_of_the_standard);
	tcase_add_test(group, base64_has_the_values_of_the_standard);

	group = add_case(suite, "page");
	suite_add_loop(group, every_kind_of_run_has_a_page, 0, 4);
	tcase_add_test(group, names_and_vocabularies_stay_text);
	tcase_add_test(group, the_same_model_gives_the_same_bytes);
	tcase_add_test(group, a_page_is_small);

	group = add_case(suite, "data");
	tcase_add_test(group, the_weights_are_those_of_the_model);
	tcase_add_test(group, the_curve_covers_all_updates);
	tcase_add_test(group, a_page_says_by_heart_only_of_rising_validations);
	tcase_add_test(group, the_film_has_all_snapshots);
	tcase_add_test(group, the_command_repeats_the_run);
	tcase_add_test(group, folders_are_left_out);
	tcase_add_test(group, the_end_of_the_data_is_there);
	tcase_add_test(group, the_examples_are_those_of_inspect);
	tcase_add_test(group, a_note_tells_what_a_page_shows_of_the_data);
	tcase_add_test(group, a_summary_says_what_was_measured);
	return suite_run(suite);
}
