/* SPDX-License-Identifier: MIT */
#include "run/html.h"

void html_put_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&') {
			fputs("&amp;", out);
		} else if (c == '<') {
			fputs("&lt;", out);
		} else if (c == '>') {
			fputs("&gt;", out);
		} else if (c == '"') {
			fputs("&quot;", out);
		} else if (c < ' ' || c > 126) {
			fprintf(out, "\\x%02x", c);
		} else {
			fputc(c, out);
		}
	}
}
