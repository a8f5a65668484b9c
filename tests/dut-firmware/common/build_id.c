#include "build_id.h"

/* An ELF note: three words (name size, description size, type), the name "GNU\0", then the description. */
#define NOTE_DESCRIPTION 16u

extern const uint8_t __build_id_note[];

uint8_t build_id_byte(uint32_t index)
{
    return __build_id_note[NOTE_DESCRIPTION + index];
}
