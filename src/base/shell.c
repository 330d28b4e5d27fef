#include "base/shell.h"

#include <string.h>

#include "base/memory.h"

char *
shell_quoted(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+:,./-";
	static const char quote[] = "'\\''"; /* ends, has and begins one */
	char *quoted, *end;

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
		return memory_string(word);
	quoted = memory_new(strlen(word) + 1, sizeof quote);
	if (quoted == NULL)
		return NULL;
	end = quoted;
	*end++ = '\'';
	for (; *word != '\0'; word++)
		if (*word == '\'') {
			memcpy(end, quote, sizeof quote - 1);
			end += sizeof quote - 1;
		} else {
			*end++ = *word;
		}
	*end++ = '\'';
	*end = '\0';
	return quoted;
}
