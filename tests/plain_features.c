/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain_features.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

const char plain_sample[] =
	"He said: \"Go on (or not), friend.\" And then\n"
	"\"nothing [was {said} any] more\" of it.\n"
	"An (open bracket\nstays open\n\nuntil a paragraph. \"As a\n"
	"quotation does\n\nhere. a) I B2 xyz\n";

static double
mean_of(const double *values, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += values[i];
	return sum / (double)count;
}

double
plain_correlation(const double *x, const double *y, size_t count)
{
	double x_mean = mean_of(x, count), y_mean = mean_of(y, count);
	double xy = 0, xx = 0, yy = 0;

	for (size_t i = 0; i < count; i++) {
		xy += (x[i] - x_mean) * (y[i] - y_mean);
		xx += (x[i] - x_mean) * (x[i] - x_mean);
		yy += (y[i] - y_mean) * (y[i] - y_mean);
	}
	return xx < 1e-8 || yy < 1e-8 ? 0 : xy / sqrt(xx * yy);
}

double
plain_feature(const char *text, size_t at, enum text_feature feature)
{
	size_t line = at, word = at, part = 0, marks = 0, open = 0;

	while (line > 0 && text[line - 1] != '\n')
		line--;
	while (isalpha((unsigned char)text[word]) && word > 0 &&
		isalpha((unsigned char)text[word - 1]))
		word--;
	for (size_t i = 0; i + 1 < at; i++)
		if (text[i] == '\n' && text[i + 1] == '\n')
			part = i + 2;
	for (size_t i = part; i < at; i++) {
		marks += text[i] == '"';
		if (strchr("([{", text[i]) != NULL)
			open++;
		else if (strchr(")]}", text[i]) != NULL && open > 0)
			open--;
	}
	switch (feature) {
	case TEXT_FEATURE_WORD:
		return isalpha((unsigned char)text[at]) != 0;
	case TEXT_FEATURE_WORD_POSITION:
		return isalpha((unsigned char)text[at])
			? (double)(at - word + 1)
			: 0;
	case TEXT_FEATURE_LINE_POSITION:
		return (double)(at - line);
	case TEXT_FEATURE_LINE_START:
		return at - line < 3;
	case TEXT_FEATURE_QUOTED:
		return marks % 2 == 1 || text[at] == '"';
	case TEXT_FEATURE_BRACKETED:
		return open > 0 || strchr("([{", text[at]) != NULL;
	case TEXT_FEATURE_CAPITAL:
		return isupper((unsigned char)text[at]) != 0;
	default:
		return strchr("aeiouAEIOU", text[at]) != NULL;
	}
}
