#ifndef BUILD_ID_H
#define BUILD_ID_H

#include <stdint.h>

/* The first bytes of the GNU build id that the linker computed over this image, in the order of the note. */
#define BUILD_ID_SHOWN 4u

uint8_t build_id_byte(uint32_t index);

#endif
