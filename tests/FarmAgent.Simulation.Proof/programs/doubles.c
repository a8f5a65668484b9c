/* Double precision by the compiler's run-time library: series, conversions, and printing with sixteen digits. */
#include "programs.h"

static u32 print(double value, char *to)
{
    char *start = to;
    int exponent = 0;
    if (value < 0) {
        *to++ = '-';
        value = -value;
    }
    if (value != 0) {
        while (value >= 10) {
            value /= 10;
            exponent++;
        }
        while (value < 1) {
            value *= 10;
            exponent--;
        }
    }
    for (int digit = 0; digit < 16; digit++) {
        int whole = (int)value;
        *to++ = (char)('0' + whole);
        if (digit == 0) {
            *to++ = '.';
        }
        value = (value - whole) * 10;
    }
    *to++ = 'e';
    if (exponent < 0) {
        *to++ = '-';
        exponent = -exponent;
    }
    *to++ = (char)('0' + exponent / 100);
    *to++ = (char)('0' + exponent / 10 % 10);
    *to++ = (char)('0' + exponent % 10);
    return (u32)(to - start);
}

u32 doubles(u32 seed)
{
    u32 digest = 0;
    char text[40];
    for (int turn = 0; turn < 12; turn++) {
        double x = (double)(int)noise(&seed) / 65536.0;
        double term = 1;
        double sum = 1;
        float narrow = (float)x;
        double small = x / 32768.0;
        for (int n = 1; n < 12; n++) {
            term *= small / n;
            sum += term;
        }
        sum += (double)(narrow * narrow) - (double)(u64)(x * x);
        u32 length = print(sum, text);
        for (u32 index = 0; index < length; index++) {
            digest = mix(digest, (u32)text[index]);
        }
        digest = mix(digest, (u32)(long long)(sum * 1e6));
    }
    return digest;
}
