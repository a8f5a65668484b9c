/* The two functions that the compiler may call on its own even in a freestanding program. */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memset(void *to, int value, size_t count);

void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
    volatile uint8_t *target = to;
    const uint8_t *source = from;

    while (count-- != 0u) {
        *target++ = *source++;
    }

    return to;
}

void *memset(void *to, int value, size_t count)
{
    volatile uint8_t *target = to;

    while (count-- != 0u) {
        *target++ = (uint8_t)value;
    }

    return to;
}
