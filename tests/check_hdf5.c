/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of file/hdf5_writer.h: its checksum, and files read back with the
 * reader of hdf5.h.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/byte_order.h"
#include "file/hdf5_writer.h"
#include "file/lookup3.h"
#include "hdf5.h"
#include "suite.h"

START_TEST(lookup3_has_the_published_values)
{
	unsigned char bytes[100];

	/* from the self-test of its author's lookup3.c */
	ck_assert_uint_eq(lookup3_bytes("", 0), 0xdeadbeef);
	ck_assert_uint_eq(lookup3_bytes("Four score and seven years ago", 30),
		0x17770551);
	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = (unsigned char)(151 * i + 200);
		EXPECT(lookup3_bytes(bytes, i) == hdf5_lookup3(bytes, i),
			"%zu bytes", i);
	}
}
END_TEST

START_TEST(a_group_holds_hundreds_of_links)
{
	enum { LINKS = 300 };
	struct hdf5_group group = {0};
	struct bytes file = {0};
	char name[256];
	struct hdf5 read;
	struct error error;
	size_t length;
	float value;

	hdf5_writer_begin(&file);
	for (size_t i = 0; i < LINKS; i++) {
		value = (float)i;
		snprintf(name, sizeof name, "%0*zu", i == 7 ? 255 : 1, i);
		hdf5_group_add(&group, name,
			hdf5_writer_floats(&file, 0, 1, &value));
	}
	hdf5_group_add(&group, "text", hdf5_writer_text(&file, "\xc3\xa4 "));
	ck_assert(hdf5_writer_end(&file, hdf5_writer_group(&file, &group),
		&error));
	read = hdf5_open(file.data, file.count);
	ck_assert_uint_eq(hdf5_links(&read, ""), LINKS + 1);
	for (size_t i = 0; i < LINKS; i++) {
		snprintf(name, sizeof name, "%0*zu", i == 7 ? 255 : 1, i);
		byte_order_little(&value, hdf5_floats(&read, name, 0, 1),
			sizeof value, 1);
		EXPECT(value == (float)i, "%s", name);
	}
	ck_assert(
		memcmp(hdf5_text(&read, "text", &length), "\xc3\xa4 ", 3) == 0);
	ck_assert_uint_eq(length, 3);
	bytes_release(&file);
}
END_TEST

START_TEST(a_file_without_memory_is_reported)
{
	struct hdf5_group group = {.links.has_failed = true};
	struct bytes file = {0};
	struct error error;

	hdf5_writer_begin(&file);
	ck_assert(!hdf5_writer_end(&file, hdf5_writer_group(&file, &group),
		&error));
	bytes_release(&file);

	hdf5_writer_begin(&file);
	file.has_failed = true;
	ck_assert(!hdf5_writer_end(&file, hdf5_writer_group(&file, &group),
		&error));
	bytes_release(&file);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hdf5");
	TCase *group = suite_group(suite, "hdf5", SUITE_SECONDS);

	tcase_add_test(group, lookup3_has_the_published_values);
	tcase_add_test(group, a_group_holds_hundreds_of_links);
	tcase_add_test(group, a_file_without_memory_is_reported);
	return suite_run(suite);
}
