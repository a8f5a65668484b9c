/* 64-bit products, quotients and shifts, with and without sign; decimal conversion; square roots by Newton. */
#include "programs.h"

u32 division(u32 seed)
{
    u32 digest = 0;
    for (int turn = 0; turn < 40; turn++) {
        u64 a = ((u64)noise(&seed) << 32) | noise(&seed);
        u64 b = (((u64)noise(&seed) << 32) | noise(&seed)) >> (turn % 60);
        long long s = (long long)a >> (turn & 15);
        long long d = (long long)b - 0x40000000;
        u64 root = 1ull << 20;
        if (b == 0 || d == 0) {
            continue;
        }
        u64 quotient = a / b;
        u64 remainder = a % b;
        long long signedQuotient = s / d;
        long long signedRemainder = s % d;
        digest = mix(digest, (u32)quotient ^ (u32)(quotient >> 32));
        digest = mix(digest, (u32)remainder ^ (u32)(remainder >> 32));
        digest = mix(digest, (u32)signedQuotient ^ (u32)(signedQuotient >> 32));
        digest = mix(digest, (u32)signedRemainder + (u32)((u64)(a * b) >> (turn & 63)));
        for (int step = 0; step < 3; step++) {
            root = (root + (a >> 20) / root) >> 1;
        }
        digest = mix(digest, (u32)root);
        for (u32 value = (u32)a; value != 0; value /= 10) {
            digest = mix(digest, value % 10);
        }
        int small = (int)(u32)b | 1;
        digest = mix(digest, (u32)((int)(u32)a / small) ^ (u32)((int)(u32)a % small));
    }
    return digest;
}
