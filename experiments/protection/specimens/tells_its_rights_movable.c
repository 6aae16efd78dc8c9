/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -pie -fpie -Wl,--no-dynamic-linker -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program that can be loaded anywhere says which rights its areas have.
 */
#include "tells_its_rights.h"
