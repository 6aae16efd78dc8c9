/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * The program starts_alone.c, built with start-up code that touches 32 pages.
 */
#define LIBRARY_PAGES 32
#include "starts_alone.c"
