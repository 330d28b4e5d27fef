/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/c_code_points.h"

const char c_points_scale[] =
	"/* A number of the data is offset + factor * (a number of the "
	"network). */\n"
	"static float\n"
	"@_scale(size_t feature, double number)\n"
	"{\n"
	"\treturn (float)((number - @_offset[feature]) / @_factor[feature]);\n"
	"}\n"
	"\n"
	"static double\n"
	"@_unscale(size_t feature, double number)\n"
	"{\n"
	"\treturn @_offset[feature] + @_factor[feature] * number;\n"
	"}\n"
	"\n";

const char c_points_normal[] =
	"/* A random number of the standard normal distribution (Box and "
	"Muller 1958). */\n"
	"static double\n"
	"@_normal(uint64_t *random)\n"
	"{\n"
	"\tdouble radius = sqrt(-2.0 * log(1.0 - @_uniform(random)));\n"
	"\n"
	"\treturn radius * cos(6.283185307179586 * @_uniform(random));\n"
	"}\n"
	"\n";

const char c_points_sample[] =
	"/*\n"
	" * The outputs describe a mixture of $_MIXTURES normal "
	"distributions of\n"
	" * the next point (Bishop 1994; Graves 2013): for each component "
	"its weight w,\n"
	" * the means m of the coordinates, their widths s and, of points "
	"with two\n"
	" * coordinates, the correlation r:\n"
	" *\n"
	" *   probability = softmax(w)   mean = m\n"
	" *   sigma = floor + exp(s)     rho = 0.999 tanh(r)\n"
	" *\n"
	" * A temperature T (Ha and Eck 2017) divides the weights and "
	"multiplies sigma by\n"
	" * sqrt(T); at 0 the point is the mean of the most probable "
	"component.\n"
	" */\n"
	"void\n"
	"@_sample(const double output[$_OUTPUTS], double temperature, "
	"uint64_t *random,\n"
	"\tdouble point[$_FEATURES])\n"
	"{\n"
	"\tconst double *mean = output + $_MIXTURES;\n"
	"\tconst double *width = mean + $_MIXTURES * $_FEATURES;\n"
	"\tfloat weight[$_MIXTURES];\n"
	"\tdouble first = 0.0, rho = 0.0;\n"
	"\tsize_t j;\n"
	"\n"
	"\tfor (j = 0; j < $_MIXTURES; j++)\n"
	"\t\tweight[j] = (float)output[j];\n"
	"\tj = @_choose($_MIXTURES, weight, temperature, random);\n";

const char c_points_sample_rho[] =
	"\trho = 0.999 * tanh(width[$_MIXTURES * $_FEATURES + j]);\n";

const char c_points_sample_end[] =
	"\tfor (size_t d = 0; d < $_FEATURES; d++) {\n"
	"\t\tsize_t at = j * $_FEATURES + d;\n"
	"\t\tdouble sigma = @_sigma_floor + exp(width[at]);\n"
	"\t\tdouble z = temperature > 0.0 ? @_normal(random) : 0.0;\n"
	"\n"
	"\t\t/* correlate the second coordinate with the first */\n"
	"\t\tif (d == 0)\n"
	"\t\t\tfirst = z;\n"
	"\t\telse\n"
	"\t\t\tz = rho * first + sqrt(1.0 - rho * rho) * z;\n"
	"\t\tz = mean[at] + sqrt(fmax(temperature, 0.0)) * sigma * z;\n";

const char c_points_sample_scaled[] = "\t\tpoint[d] = @_unscale(d, z);\n"
				      "\t}\n"
				      "}\n"
				      "\n";

const char c_points_sample_plain[] = "\t\tpoint[d] = z;\n"
				     "\t}\n"
				     "}\n"
				     "\n";

const char c_points_next_mixture[] =
	"/* Predict a point after an input, and let the prediction be "
	"`point`. */\n"
	"static void\n"
	"@_next(struct @_state *state, double temperature, uint64_t *random,\n"
	"\tconst double input[$_FEATURES], double point[$_FEATURES])\n"
	"{\n"
	"\tdouble output[$_OUTPUTS];\n"
	"\n"
	"\t@_step(state, input, output);\n"
	"\t@_sample(output, temperature, random, point);\n"
	"}\n"
	"\n";

const char c_points_one_to_one[] =
	"/* Framing one-to-one: each point follows from the one before, "
	"without memory. */\n";

const char c_points_one_to_one_body[] =
	"\tfor (size_t i = given; i < length; i++) {\n"
	"\t\t@_reset(state);\n"
	"\t\t`points + (i - 1) * $_FEATURES, points + i * $_FEATURES);\n"
	"\t}\n"
	"}\n"
	"\n";

const char c_points_sequence[] =
	"/*\n"
	" * Framing sequence: the network reads all points one after the "
	"other and\n"
	" * remembers them; each point follows from those before.\n"
	" */\n";

const char c_points_sequence_body[] =
	"\tdouble unused[$_FEATURES];\n"
	"\n"
	"\t@_reset(state);\n"
	"\tfor (size_t i = 1; i < length; i++)\n"
	"\t\t`points + (i - 1) * $_FEATURES,\n"
	"\t\t\ti < given ? unused : points + i * $_FEATURES);\n"
	"}\n"
	"\n";

const char c_points_many_to_one[] =
	"/*\n"
	" * Framing many-to-one: each point follows from the $_WINDOW points "
	"before\n"
	" * it, which the network reads from zero state.\n"
	" */\n";

const char c_points_many_to_one_body[] =
	"\tfor (size_t i = given; i < length; i++) {\n"
	"\t\t@_reset(state);\n"
	"\t\t/* the prediction after the last point of the window is it */\n"
	"\t\tfor (size_t t = i - $_WINDOW; t < i; t++)\n"
	"\t\t\t`points + t * $_FEATURES, points + i * $_FEATURES);\n"
	"\t}\n"
	"}\n"
	"\n";

const char c_points_one_to_many[] =
	"/*\n"
	" * Framing one-to-many: from zero state the network reads the last "
	"point\n"
	" * $_WINDOW times, and predicts another of the points after it each "
	"time.\n"
	" */\n";

const char c_points_one_to_many_body[] =
	"\tfor (size_t i = given; i < length; i += $_WINDOW) {\n"
	"\t\t@_reset(state);\n"
	"\t\tfor (size_t t = 0; t < $_WINDOW && i + t < length; t++)\n"
	"\t\t\t`points + (i - 1) * $_FEATURES,\n"
	"\t\t\t\tpoints + (i + t) * $_FEATURES);\n"
	"\t}\n"
	"}\n"
	"\n";

const char c_points_main_head[] = "\n"
				  "#ifdef LSTMTUI_MAIN\n"
				  "#include <float.h>\n"
				  "#include <stdio.h>\n"
				  "#include <stdlib.h>\n"
				  "\n";

const char c_points_print_plain[] =
	"/* Print a line of numbers as `lstmtui generate` does. */\n"
	"static void\n"
	"@_print(const double point[$_FEATURES])\n"
	"{\n"
	"\tfor (size_t f = 0; f < $_FEATURES; f++)\n"
	"\t\tprintf(\"%.9g%c\", point[f], f + 1 < $_FEATURES ? ',' : '\\n');\n"
	"}\n"
	"\n";

const char c_points_print_scaled[] =
	"/*\n"
	" * Print a line of numbers as `lstmtui generate` does: rounded to "
	"the decimals\n"
	" * that the network's numbers determine.\n"
	" */\n"
	"static void\n"
	"@_print(const double point[$_FEATURES])\n"
	"{\n"
	"\tfor (size_t f = 0; f < $_FEATURES; f++) {\n"
	"\t\tdouble unit = pow(10.0, ceil(log10(@_factor[f])) - 6.0);\n"
	"\t\tdouble number = point[f];\n"
	"\n"
	"\t\tif (isnormal(unit) && fabs(number) / unit < 1.0 / DBL_EPSILON)\n"
	"\t\t\tnumber = round(number / unit) * unit + 0.0;\n"
	"\t\tprintf(\"%.15g%c\", number, f + 1 < $_FEATURES ? ',' : '\\n');\n"
	"\t}\n"
	"}\n"
	"\n";

const char c_points_main[] =
	"/* Print a sequence: ./program [LENGTH] */\n"
	"int\n"
	"main(int count, char **argument)\n"
	"{\n"
	"\tstruct @_state state;\n"
	"\tunsigned long length =\n"
	"\t\tcount > 1 ? strtoul(argument[1], NULL, 10) : $_LENGTH;\n"
	"\tsize_t room = length > $_STARTS ? length : $_STARTS;\n"
	"\tdouble *points = calloc(room, $_FEATURES * sizeof *points);\n"
	"\n"
	"\tif (points == NULL)\n"
	"\t\treturn EXIT_FAILURE;\n"
	"\tmemcpy(points, @_start, $_STARTS * $_FEATURES * sizeof *points);\n"
	"\t@_generate(&state, $_STARTS, length, points);\n";

const char c_points_main_mixture[] =
	"/* Print a sequence: ./program [LENGTH [TEMPERATURE [SEED]]] */\n"
	"int\n"
	"main(int count, char **argument)\n"
	"{\n"
	"\tstruct @_state state;\n"
	"\tunsigned long length =\n"
	"\t\tcount > 1 ? strtoul(argument[1], NULL, 10) : $_LENGTH;\n"
	"\tdouble temperature = count > 2 ? strtod(argument[2], NULL) : 1.0;\n"
	"\tuint64_t random = count > 3 ? strtoul(argument[3], NULL, 10) : 1;\n"
	"\tsize_t room = length > $_STARTS ? length : $_STARTS;\n"
	"\tdouble *points = calloc(room, $_FEATURES * sizeof *points);\n"
	"\n"
	"\tif (points == NULL)\n"
	"\t\treturn EXIT_FAILURE;\n"
	"\tmemcpy(points, @_start, $_STARTS * $_FEATURES * sizeof *points);\n"
	"\t@_generate(&state, $_STARTS, length, points, temperature, "
	"&random);\n";

const char c_points_main_end[] =
	"\tfor (size_t i = 0; i < length; i++)\n"
	"\t\t@_print(points + i * $_FEATURES);\n"
	"\tfree(points);\n"
	"\treturn fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;\n"
	"}\n"
	"#endif\n";
