/* SHA-256 (FIPS 180-4); the constants are computed from the roots of primes by integer arithmetic. */
#include "programs.h"

static u32 constants[64];
static u32 state[8];
static u8 block[64];

static u32 right(u32 value, int by)
{
    return (value >> by) | (value << (32 - by));
}

/* Fraction bits of the square (power 2) or cube root of n: the largest root r / 2^32 whose power is not above n. */
static u32 root(u32 n, int power)
{
    u64 low = 0;
    for (int bit = 34; bit >= 0; bit--) {
        u64 r = low | (1ull << bit);
        /* r^power is compared with n * 2^(32 * power), in pieces of 32 bits. */
        u64 high = (r >> 32) * r + (((r & 0xFFFFFFFFu) * r) >> 32);
        if (power == 3) {
            high = (high >> 32) * r + (((high & 0xFFFFFFFFu) * r) >> 32);
        }
        if ((high >> 32) < n) {
            low = r;
        }
    }
    return (u32)low;
}

static void compress(void)
{
    u32 schedule[64];
    u32 v[8];
    int t;
    for (t = 0; t < 16; t++) {
        schedule[t] = ((u32)block[t * 4] << 24) | ((u32)block[t * 4 + 1] << 16) | ((u32)block[t * 4 + 2] << 8) | block[t * 4 + 3];
    }
    for (; t < 64; t++) {
        u32 a = schedule[t - 15];
        u32 b = schedule[t - 2];
        schedule[t] = schedule[t - 16] + (right(a, 7) ^ right(a, 18) ^ (a >> 3)) + schedule[t - 7] + (right(b, 17) ^ right(b, 19) ^ (b >> 10));
    }
    for (t = 0; t < 8; t++) {
        v[t] = state[t];
    }
    for (t = 0; t < 64; t++) {
        u32 one = v[7] + (right(v[4], 6) ^ right(v[4], 11) ^ right(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[t] + schedule[t];
        u32 two = (right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        for (int i = 7; i > 0; i--) {
            v[i] = v[i - 1];
        }
        v[4] += one;
        v[0] = one + two;
    }
    for (t = 0; t < 8; t++) {
        state[t] += v[t];
    }
}

u32 hashing(u32 seed)
{
    u32 digest = 0;
    u32 found = 0;
    u32 index;
    if (constants[0] == 0) {
        for (u32 n = 2; found < 64; n++) {
            u32 divisor = 2;
            while (divisor * divisor <= n && n % divisor != 0) {
                divisor++;
            }
            if (divisor * divisor > n) {
                constants[found++] = root(n, 3);
            }
        }
    }
    for (index = 0; index < 8; index++) {
        static const u8 primes[8] = {2, 3, 5, 7, 11, 13, 17, 19};
        state[index] = root(primes[index], 2);
    }
    for (int part = 0; part < 6; part++) {
        for (index = 0; index < 64; index++) {
            block[index] = (u8)noise(&seed);
        }
        compress();
    }
    for (index = 0; index < 8; index++) {
        digest = mix(digest, state[index]);
    }
    return digest;
}
