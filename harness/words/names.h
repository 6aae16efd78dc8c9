/* SPDX-License-Identifier: MIT */
/* Names for numbers, for what people read. */
#ifndef WORDS_NAMES_H
#define WORDS_NAMES_H

/* "EINVAL"; "errno 1234" for what has no name here. */
const char *error_name(int error);

#endif
