/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -pie -fpie -Wl,--no-dynamic-linker -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program that can be loaded anywhere says where it is.
 */
#include "tells_its_places.h"
