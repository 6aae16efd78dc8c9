/* SPDX-License-Identifier: MIT */
#ifndef RUN_HTML_H
#define RUN_HTML_H

#include <stdio.h>

/* Text as HTML: what has a meaning there is escaped, and so are bytes that are no printable ASCII. */
void html_put_text(FILE *out, const char *text);

#endif
