/* SPDX-License-Identifier: MIT */
#include "run/json.h"

void json_put_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\') {
			fprintf(out, "\\%c", *c);
		} else if (*c < ' ' || *c > 126) {
			/* Names of files may hold any byte; escaped, the text is always valid. */
			fprintf(out, "\\u%04x", *c);
		} else {
			fputc(*c, out);
		}
	}
	fputc('"', out);
}
