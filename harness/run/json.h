/* SPDX-License-Identifier: MIT */
#ifndef RUN_JSON_H
#define RUN_JSON_H

#include <stdio.h>

/* A JSON string with its quotes. Bytes that are no printable ASCII are escaped one by one. */
void json_put_string(FILE *out, const char *text);

#endif
