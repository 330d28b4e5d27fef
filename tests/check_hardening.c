/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the program's hardening, read from its ELF headers. Builds with
 * sanitizers, which are incompatible with it, and systems without ELF are
 * skipped.
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

/* Return the program header of a type, or NULL. */
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

/* Return true if the file contains a name, as it does for called functions. */
static bool
names(const char *name)
{
	size_t length = strlen(name) + 1;

	return memmem(program, size, name, length) != NULL;
}

START_TEST(the_program_is_position_independent)
{
	const Elf64_Ehdr *header = (const void *)program;

	ck_assert_uint_eq(header->e_type, ET_DYN);
	ck_assert_ptr_nonnull(segment(PT_INTERP));
}
END_TEST

START_TEST(the_relocation_tables_are_read_only)
{
	ck_assert_ptr_nonnull(segment(PT_GNU_RELRO));
	ck_assert(has_dynamic_flag(DT_FLAGS, DF_BIND_NOW) ||
		has_dynamic_flag(DT_FLAGS_1, DF_1_NOW));
}
END_TEST

START_TEST(the_stack_is_not_executable)
{
	ck_assert_ptr_nonnull(segment(PT_GNU_STACK));
	ck_assert_uint_eq(segment(PT_GNU_STACK)->p_flags & PF_X, 0);
}
END_TEST

START_TEST(stack_protector_and_fortified_calls_are_in_use)
{
	ck_assert(names("__stack_chk_fail"));
#ifdef __OPTIMIZE__ /* without optimization, _FORTIFY_SOURCE has no effect */
	ck_assert(names("__snprintf_chk") || names("__vsnprintf_chk"));
#endif
}
END_TEST

#ifdef __x86_64__
START_TEST(functions_begin_where_indirect_jumps_may_arrive)
{
	static const unsigned char endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};
	const char *at = program, *end = program + size;
	size_t count = 0;

	while ((at = memmem(at, (size_t)(end - at), endbr64, sizeof endbr64)) !=
		NULL) {
		at += sizeof endbr64;
		count++;
	}
	ck_assert_uint_gt(count, 500); /* the start of the C library has 10 */
}
END_TEST
#endif

#endif

int
main(void)
{
	Suite *suite = suite_create("hardening");
	TCase *group = suite_group(suite, "hardening", SUITE_SECONDS);

#ifdef HAS_ELF
	tcase_add_checked_fixture(group, read_program, release_program);
	tcase_add_test(group, the_program_is_position_independent);
	tcase_add_test(group, the_relocation_tables_are_read_only);
	tcase_add_test(group, the_stack_is_not_executable);
	tcase_add_test(group, stack_protector_and_fortified_calls_are_in_use);
#ifdef __x86_64__
	tcase_add_test(group, functions_begin_where_indirect_jumps_may_arrive);
#endif
#else
	(void)group;
#endif
	return suite_run(suite);
}
