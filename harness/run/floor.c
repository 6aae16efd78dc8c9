/* SPDX-License-Identifier: MIT */
/*
 * libcheck rounds its time limits down, and would have libm loaded for it into every process of every claim. This
 * floor(3) takes the place of that one in every program of the suite.
 */
#include <math.h>
#include <stdint.h>

double floor(double number)
{
	const double whole_from = 4503599627370496.0; /* 2^52: no number beyond has a fraction */

	if (!(number > -whole_from && number < whole_from)) {
		return number;
	}

	double cut = (double)(int64_t)number;

	if (cut == number) { /* also -0.0, which stays what it is */
		return number;
	}
	return cut > number ? cut - 1 : cut;
}
