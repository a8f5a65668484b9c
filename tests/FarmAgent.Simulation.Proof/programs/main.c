/* Runs each program and reports a digest of what it computed. */
#include "programs.h"

u32 mix(u32 digest, u32 value)
{
    digest ^= value;
    digest *= 0x01000193u;
    return digest ^ (digest >> 15);
}

u32 noise(u32 *state)
{
    u32 x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    return x;
}

/* The compiler calls these by name. */
void *memcpy(void *to, const void *from, u32 size)
{
    return copy(to, from, size);
}

void *memset(void *to, int value, u32 size)
{
    u8 *at = to;
    while (size--) {
        *at++ = (u8)value;
    }
    return to;
}

static const struct {
    const char *name;
    u32 (*run)(u32 seed);
} List[] = {
    {"sorting", sorting}, {"checksums", checksums}, {"hashing", hashing}, {"doubles", doubles},
    {"division", division}, {"machine", machine}, {"strings", strings}, {"lists", lists},
};

void programs(u32 rounds)
{
    u32 index;
    for (index = 0; index < sizeof List / sizeof List[0]; index++) {
        u32 digest = 0x811C9DC5u;
        u32 round;
        for (round = 0; round < rounds; round++) {
            digest = mix(digest, List[index].run(0x12345678u + round * 977u));
        }
        report(List[index].name, digest);
    }
}
