/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of the source folders. HACKING, section "Folders", lists them; a
 * file includes headers of its own folder and of folders above it in the list,
 * and no chain of #includes leads from a file back to itself. NAME_private.h is
 * for its own folder. NAME.c and NAME.h count as one file here.
 */
#include <check.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "suite.h"

enum {
	NAME_SIZE = 64,
	FOLDERS_MAX = 32,
	FILES_MAX = 1024,
	EDGES_MAX = 8192,
	COMPLAINTS_SIZE = 8192
};

/* `from` includes the header of `to`. */
struct edge {
	int from, to; /* index of a file */
};

struct tree {
	char path[FOLDER_PATH_SIZE]; /* contains HACKING and src */
	int folder_count;
	char folders[FOLDERS_MAX][NAME_SIZE]; /* in the order of HACKING */
	int file_count;
	char files[FILES_MAX][NAME_SIZE]; /* "core/loss", for .c and .h */
	int edge_count;
	struct edge edges[EDGES_MAX];
	size_t length; /* of the complaints */
	char complaints[COMPLAINTS_SIZE];
};

/* An #include that breaks a rule and is a known exception. */
struct known {
	const char *from, *to;
};

static struct tree tree;

static void __attribute__((format(printf, 1, 2)))
complain(const char *format, ...)
{
	size_t room = COMPLAINTS_SIZE - tree.length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(tree.complaints + tree.length, room, format,
		arguments);
	va_end(arguments);
	if (length > 0)
		tree.length +=
			(size_t)length < room ? (size_t)length : room - 1;
}

/* ---------------------------------------------------------------------- */
/* Reading the tree */

/* Index of a file's name, which is added if it is new. */
static int
file_index(const char *name, size_t length)
{
	ck_assert_uint_lt(length, NAME_SIZE);
	for (int i = 0; i < tree.file_count; i++)
		if (strncmp(tree.files[i], name, length) == 0 &&
			tree.files[i][length] == '\0')
			return i;
	ck_assert_int_lt(tree.file_count, FILES_MAX);
	memcpy(tree.files[tree.file_count], name, length);
	tree.files[tree.file_count][length] = '\0';
	return tree.file_count++;
}

/*
 * Return the index of a file's folder in HACKING's list; -1: src itself; -2:
 * not listed.
 */
static int
folder_index(int file)
{
	const char *name = tree.files[file], *slash = strchr(name, '/');
	size_t length = slash != NULL ? (size_t)(slash - name) : 0;

	if (slash == NULL)
		return -1;
	for (int i = 0; i < tree.folder_count; i++)
		if (strncmp(tree.folders[i], name, length) == 0 &&
			tree.folders[i][length] == '\0')
			return i;
	return -2;
}

/*
 * Read the lines "    NAME text" of the section "Folders", which ends before
 * the next title.
 */
static void
read_folders(void)
{
	char path[FOLDER_PATH_SIZE];
	char *text = file_read(folder_join(path, tree.path, "HACKING"), NULL);
	const char *title = "\nFolders\n-------\n";
	char *line = strstr(text, title);

	ck_assert_msg(line != NULL, "HACKING has no section \"Folders\"");
	for (line += strlen(title); line != NULL; line = strchr(line, '\n')) {
		size_t length;

		line += *line == '\n';
		length = strspn(line + strspn(line, " "),
			"abcdefghijklmnopqrstuvwxyz_");
		if (strncmp(line, "---", 3) == 0)
			break; /* under the next section's title */
		if (strncmp(line, "    ", 4) != 0 || line[4] == ' ' ||
			length == 0 || line[4 + length] != ' ')
			continue;
		ck_assert_int_lt(tree.folder_count, FOLDERS_MAX);
		ck_assert_uint_lt(length, NAME_SIZE);
		memcpy(tree.folders[tree.folder_count++], line + 4, length);
	}
	free(text);
}

/* Length of a path without .c or .h; 0 if it has neither. */
static size_t
stem_length(const char *name)
{
	size_t length = strlen(name);

	if (length < 3 || name[length - 2] != '.' ||
		strchr("ch", name[length - 1]) == NULL)
		return 0;
	return length - 2;
}

static void
add_edge(int from, const char *header)
{
	char path[FOLDER_PATH_SIZE], inner[FOLDER_PATH_SIZE];
	int to;

	folder_join(inner, "src", header);
	if (!file_exists(folder_join(path, tree.path, inner))) {
		complain("%s includes %s, which is not in src\n",
			tree.files[from], header);
		return;
	}
	to = file_index(header, stem_length(header));
	if (to == from)
		return;
	ck_assert_int_lt(tree.edge_count, EDGES_MAX);
	tree.edges[tree.edge_count++] = (struct edge){from, to};
}

/* Read the lines #include "HEADER" of a source file. */
static void
read_file(const char *path, const char *name)
{
	int from = file_index(name, stem_length(name));
	char *text = file_read(path, NULL);

	for (char *line = text; line != NULL; line = strchr(line, '\n')) {
		char header[FOLDER_PATH_SIZE];

		line += *line == '\n';
		if (sscanf(line, " # include \"%1000[^\"\n]\"", header) == 1)
			add_edge(from, header);
	}
	free(text);
}

/* Read all of src, or of a folder in it; `name` is relative to src. */
static void
read_sources(const char *name)
{
	char path[FOLDER_PATH_SIZE], inner[FOLDER_PATH_SIZE];
	struct dirent *entry;
	DIR *folder;

	folder_join(inner, "src", name);
	folder = opendir(folder_join(path, tree.path, inner));
	ck_assert_msg(folder != NULL, "cannot open folder %s", path);
	while ((entry = readdir(folder)) != NULL) {
		char below[FOLDER_PATH_SIZE];
		struct stat status;

		if (entry->d_name[0] == '.')
			continue;
		if (name[0] != '\0')
			folder_join(below, name, entry->d_name);
		else
			strcpy(below, entry->d_name);
		folder_join(inner, "src", below);
		folder_join(path, tree.path, inner);
		ck_assert_int_eq(stat(path, &status), 0);
		if (S_ISDIR(status.st_mode))
			read_sources(below);
		else if (stem_length(below) > 0)
			read_file(path, below);
	}
	closedir(folder);
}

/* ---------------------------------------------------------------------- */
/* The rules */

static bool
is_known(const struct edge *edge, const struct known *known)
{
	for (; known->from != NULL; known++)
		if (strcmp(tree.files[edge->from], known->from) == 0 &&
			strcmp(tree.files[edge->to], known->to) == 0)
			return true;
	return false;
}

/*
 * Only src/main.c is in no folder. It may include any header; no file may
 * include it.
 */
static bool
is_upward(const struct edge *edge)
{
	int from = folder_index(edge->from), to = folder_index(edge->to);

	return from == -1 || (to >= 0 && to <= from);
}

static void
check_folders(const struct known *known)
{
	for (int i = 0; i < tree.file_count; i++)
		if (folder_index(i) == -2)
			complain("%s: its folder is not in HACKING's list\n",
				tree.files[i]);
	for (int i = 0; i < tree.edge_count; i++) {
		const struct edge *edge = &tree.edges[i];

		if (!is_known(edge, known) && !is_upward(edge))
			complain("%s includes %s, which is below it\n",
				tree.files[edge->from], tree.files[edge->to]);
	}
}

/*
 * Remove files that include no remaining file, until no more can be removed.
 * The remaining files form circles or include one. Return their number.
 */
static int
remove_leaves(const struct known *known, bool is_left[FILES_MAX])
{
	int left = tree.file_count, before;

	for (int i = 0; i < tree.file_count; i++)
		is_left[i] = true;
	do {
		bool includes[FILES_MAX] = {false};

		before = left;
		for (int i = 0; i < tree.edge_count; i++)
			if (is_left[tree.edges[i].to] &&
				!is_known(&tree.edges[i], known))
				includes[tree.edges[i].from] = true;
		for (int i = 0; i < tree.file_count; i++)
			if (is_left[i] && !includes[i]) {
				is_left[i] = false;
				left--;
			}
	} while (left < before);
	return left;
}

/* Return a remaining file that this file includes. */
static int
next_left(int file, const struct known *known, const bool *is_left)
{
	for (int i = 0; i < tree.edge_count; i++)
		if (tree.edges[i].from == file && is_left[tree.edges[i].to] &&
			!is_known(&tree.edges[i], known))
			return tree.edges[i].to;
	return -1;
}

static void
check_circles(const struct known *known)
{
	bool is_left[FILES_MAX];
	int file = 0, first;

	if (remove_leaves(known, is_left) == 0)
		return;
	while (!is_left[file])
		file++;
	/*
	 * after as many steps as there are files, the walk is inside a circle
	 */
	for (int i = 0; i < tree.file_count; i++)
		file = next_left(file, known, is_left);
	first = file;
	complain("circle: %s", tree.files[first]);
	do {
		file = next_left(file, known, is_left);
		complain(" -> %s", tree.files[file]);
	} while (file != first);
	complain("\n");
}

/* Mark all files that a file includes, directly or indirectly. */
static void
mark_included(int file, bool *is_marked)
{
	for (int i = 0; i < tree.edge_count; i++) {
		int to = tree.edges[i].to;

		if (tree.edges[i].from == file && !is_marked[to]) {
			is_marked[to] = true;
			mark_included(to, is_marked);
		}
	}
}

/* Complain about known exceptions that no longer occur. */
static void
check_known(const struct known *known)
{
	for (; known->from != NULL; known++) {
		bool is_needed = false;

		for (int i = 0; i < tree.edge_count; i++) {
			bool is_marked[FILES_MAX] = {false};

			if (!is_known(&tree.edges[i],
				    (const struct known[]){*known, {0}}))
				continue;
			mark_included(tree.edges[i].to, is_marked);
			if (is_marked[tree.edges[i].from] ||
				!is_upward(&tree.edges[i]))
				is_needed = true;
		}
		if (!is_needed)
			complain("%s -> %s breaks no rule: remove it from the "
				 "known exceptions\n",
				known->from, known->to);
	}
}

/* Private headers, with another folder that may include them. */
static const struct {
	const char *file, *folder;
} opened[] = {
	{"run/run_private", "session/"},
};

static bool
is_private_to_others(const struct edge *edge)
{
	const char *from = tree.files[edge->from], *to = tree.files[edge->to];
	size_t folder = strcspn(to, "/") + 1, length = strlen(to);

	if (length < strlen("_private") ||
		strcmp(to + length - strlen("_private"), "_private") != 0 ||
		strncmp(from, to, folder) == 0)
		return false;
	for (size_t i = 0; i < sizeof opened / sizeof opened[0]; i++)
		if (strcmp(to, opened[i].file) == 0 &&
			strncmp(from, opened[i].folder,
				strlen(opened[i].folder)) == 0)
			return false;
	return true;
}

static void
check_private(void)
{
	for (int i = 0; i < tree.edge_count; i++) {
		const struct edge *edge = &tree.edges[i];

		if (is_private_to_others(edge))
			complain("%s includes %s, which is private\n",
				tree.files[edge->from], tree.files[edge->to]);
	}
}

/* Return the complaints, one a line. */
static const char *
check_tree(const char *path, const struct known *known)
{
	memset(&tree, 0, sizeof tree);
	folder_join(tree.path, path, "");
	read_folders();
	read_sources("");
	check_folders(known);
	check_private();
	check_circles(known);
	check_known(known);
	return tree.complaints;
}

/* ---------------------------------------------------------------------- */

/* The known exceptions: none. */
static const struct known exceptions[] = {
	{NULL, NULL},
};

START_TEST(files_include_only_headers_of_their_own_or_upper_folders)
{
	ck_assert_str_eq(check_tree(getenv("TOP_SRCDIR"), exceptions), "");
	/* the list and the sources were found */
	ck_assert_int_ge(tree.folder_count, 10);
	ck_assert_int_ge(tree.file_count, 100);
	ck_assert_int_ge(tree.edge_count, 300);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Tests of the checks themselves, on trees made for them */

static char made[FOLDER_PATH_SIZE];

static void
make_tree(void)
{
	char path[FOLDER_PATH_SIZE];

	folder_new(made);
	file_write_text(folder_join(path, made, "HACKING"),
		"\nFolders\n-------\n\nText.\n\n    base    all need it\n"
		"            and more\n    core    numbers\n"
		"    file    files\n\n\nNext\n----\n\n    other   x\n");
	ck_assert_int_eq(mkdir(folder_join(path, made, "src"), 0700), 0);
	ck_assert_int_eq(mkdir(folder_join(path, made, "src/base"), 0700), 0);
	ck_assert_int_eq(mkdir(folder_join(path, made, "src/core"), 0700), 0);
	file_write_text(folder_join(path, made, "src/base/error.h"), "");
	file_write_text(folder_join(path, made, "src/base/error.c"),
		"#include \"base/error.h\"\n#include <stdio.h>\n");
	file_write_text(folder_join(path, made, "src/core/loss.h"),
		"# include \"base/error.h\"");
	file_write_text(folder_join(path, made, "src/main.c"),
		"#include \"core/loss.h\"\n#include \"base/error.h\"\n");
}

static void
add_file(const char *name, const char *text)
{
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, made, name), text);
}

static const struct known none[] = {{NULL, NULL}};

START_TEST(a_tree_in_order_has_no_complaints)
{
	ck_assert_str_eq(check_tree(made, none), "");
	ck_assert_int_eq(tree.folder_count, 3);
	ck_assert_int_eq(tree.file_count, 3);
	ck_assert_int_eq(tree.edge_count, 3);
}
END_TEST

START_TEST(an_include_of_a_lower_folder_is_named)
{
	const struct known known[] = {{"base/hash", "core/loss"}, {NULL, NULL}};

	add_file("src/base/hash.c", "\n\t#include \"core/loss.h\"\n");
	ck_assert_str_eq(check_tree(made, none),
		"base/hash includes core/loss, which is below it\n");
	ck_assert_str_eq(check_tree(made, known), "");
}
END_TEST

START_TEST(an_include_of_main_is_named)
{
	add_file("src/main.h", "");
	add_file("src/core/model.c", "#include \"main.h\"\n");
	ck_assert_str_eq(check_tree(made, none),
		"core/model includes main, which is below it\n");
}
END_TEST

START_TEST(a_folder_missing_in_the_list_is_named)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(mkdir(folder_join(path, made, "src/tui"), 0700), 0);
	add_file("src/tui/loop.c", "");
	ck_assert_str_eq(check_tree(made, none),
		"tui/loop: its folder is not in HACKING's list\n");
}
END_TEST

START_TEST(a_missing_header_is_named)
{
	add_file("src/core/model.c", "#include \"model.h\"\n");
	ck_assert_str_eq(check_tree(made, none),
		"core/model includes model.h, which is not in src\n");
}
END_TEST

START_TEST(a_circle_is_named)
{
	const struct known known[] = {{"core/c", "core/a"}, {NULL, NULL}};

	add_file("src/core/a.h", "#include \"core/b.h\"\n");
	add_file("src/core/b.h", "");
	add_file("src/core/b.c",
		"#include \"core/b.h\"\n#include \"core/c.h\"\n");
	add_file("src/core/c.h", "#include \"core/a.h\"\n");
	check_tree(made, none);
	ck_assert_msg(
		strcmp(tree.complaints,
			"circle: core/a -> core/b -> core/c -> core/a\n") ==
				0 ||
			strcmp(tree.complaints,
				"circle: core/b -> core/c -> core/a -> "
				"core/b\n") == 0 ||
			strcmp(tree.complaints,
				"circle: core/c -> core/a -> core/b -> "
				"core/c\n") == 0,
		"%s", tree.complaints);
	ck_assert_str_eq(check_tree(made, known), "");
}
END_TEST

START_TEST(an_include_of_a_private_header_of_another_folder_is_named)
{
	char path[FOLDER_PATH_SIZE];

	add_file("src/core/pass_private.h", "");
	add_file("src/core/pass.c", "#include \"core/pass_private.h\"\n");
	ck_assert_str_eq(check_tree(made, none), "");
	ck_assert_int_eq(mkdir(folder_join(path, made, "src/file"), 0700), 0);
	add_file("src/file/model.c", "#include \"core/pass_private.h\"\n");
	ck_assert_str_eq(check_tree(made, none),
		"file/model includes core/pass_private, which is private\n");
}
END_TEST

START_TEST(an_exception_that_no_longer_occurs_is_named)
{
	const struct known known[] = {{"core/loss", "base/error"},
		{"core/loss", "core/model"}, {NULL, NULL}};

	ck_assert_str_eq(check_tree(made, known),
		"core/loss -> base/error breaks no rule: remove it from the "
		"known exceptions\n"
		"core/loss -> core/model breaks no rule: remove it from the "
		"known exceptions\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("includes");
	TCase *group = suite_group(suite, "source", SUITE_SECONDS);

	tcase_add_test(group,
		files_include_only_headers_of_their_own_or_upper_folders);

	group = suite_group(suite, "rules", SUITE_SECONDS);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_checked_fixture(group, make_tree, NULL);
	tcase_add_test(group, a_tree_in_order_has_no_complaints);
	tcase_add_test(group, an_include_of_a_lower_folder_is_named);
	tcase_add_test(group, an_include_of_main_is_named);
	tcase_add_test(group, a_folder_missing_in_the_list_is_named);
	tcase_add_test(group, a_missing_header_is_named);
	tcase_add_test(group, a_circle_is_named);
	tcase_add_test(group,
		an_include_of_a_private_header_of_another_folder_is_named);
	tcase_add_test(group, an_exception_that_no_longer_occurs_is_named);
	return suite_run(suite);
}
