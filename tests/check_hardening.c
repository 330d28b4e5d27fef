/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the built program is protected by, read from its own ELF headers. A
 * build with sanitizers, which do more, and systems without ELF are left
 * out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "suite.h"

#if defined __ELF__ && __SIZEOF_POINTER__ == 8 && !defined __SANITIZE_ADDRESS__
#include <elf.h>
#define HAS_ELF 1
#endif

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#undef HAS_ELF
#endif
#endif

#ifdef HAS_ELF

static char *program;
static size_t size;

static void
read_program(void)
{
	ck_assert_ptr_nonnull(getenv("LSTMTUI"));
	program = file_read(getenv("LSTMTUI"), &size);
	ck_assert_uint_gt(size, sizeof(Elf64_Ehdr));
	ck_assert_mem_eq(program, ELFMAG, SELFMAG);
}

static void
release_program(void)
{
	free(program);
}

/* A program header of that type, or NULL. */
static const Elf64_Phdr *
segment(uint32_t type)
{
	const Elf64_Ehdr *header = (const void *)program;
	const Elf64_Phdr *segments = (const void *)(program + header->e_phoff);

	for (size_t i = 0; i < header->e_phnum; i++)
		if (segments[i].p_type == type)
			return &segments[i];
	return NULL;
}

static bool
has_dynamic_flag(int64_t tag, uint64_t flag)
{
	const Elf64_Phdr *dynamic = segment(PT_DYNAMIC);
	const Elf64_Dyn *entry;

	if (dynamic == NULL)
		return false;
	entry = (const void *)(program + dynamic->p_offset);
	for (; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == tag && (entry->d_un.d_val & flag) != 0)
			return true;
	return false;
}

/* Whether a name stands in the file, as those of called functions do. */
static bool
names(const char *name)
{
	size_t length = strlen(name) + 1;

	return memmem(program, size, name, length) != NULL;
}

START_TEST(it_can_be_loaded_anywhere)
{
	const Elf64_Ehdr *header = (const void *)program;

	ck_assert_uint_eq(header->e_type, ET_DYN);
	ck_assert_ptr_nonnull(segment(PT_INTERP));
}
END_TEST

START_TEST(its_tables_of_addresses_cannot_be_written)
{
	ck_assert_ptr_nonnull(segment(PT_GNU_RELRO));
	ck_assert(has_dynamic_flag(DT_FLAGS, DF_BIND_NOW) ||
		has_dynamic_flag(DT_FLAGS_1, DF_1_NOW));
}
END_TEST

START_TEST(its_stack_does_not_run)
{
	ck_assert_ptr_nonnull(segment(PT_GNU_STACK));
	ck_assert_uint_eq(segment(PT_GNU_STACK)->p_flags & PF_X, 0);
}
END_TEST

START_TEST(stacks_and_calls_are_checked)
{
	ck_assert(names("__stack_chk_fail"));
#ifdef __OPTIMIZE__ /* without it there is nothing to check calls with */
	ck_assert(names("__snprintf_chk") || names("__vsnprintf_chk"));
#endif
}
END_TEST

#endif

int
main(void)
{
	Suite *suite = suite_create("hardening");
	TCase *group = suite_group(suite, "hardening", SUITE_SECONDS);

#ifdef HAS_ELF
	tcase_add_checked_fixture(group, read_program, release_program);
	tcase_add_test(group, it_can_be_loaded_anywhere);
	tcase_add_test(group, its_tables_of_addresses_cannot_be_written);
	tcase_add_test(group, its_stack_does_not_run);
	tcase_add_test(group, stacks_and_calls_are_checked);
#else
	(void)group;
#endif
	return suite_run(suite);
}
