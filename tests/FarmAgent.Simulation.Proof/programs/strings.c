/* Copying, comparing, formatting and parsing of bytes; unaligned words. */
#include "programs.h"

static char buffer[600];
static char other[600];

void *copy(void *to, const void *from, u32 size)
{
    u8 *target = to;
    const u8 *source = from;
    while (size >= 4) {
        *(u32 __attribute__((aligned(1), may_alias)) *)target = *(const u32 __attribute__((aligned(1), may_alias)) *)source;
        target += 4;
        source += 4;
        size -= 4;
    }
    while (size--) {
        *target++ = *source++;
    }
    return to;
}

static char *decimal(char *to, int value)
{
    char digits[12];
    u32 count = 0;
    u32 rest = value < 0 ? 0u - (u32)value : (u32)value;
    if (value < 0) {
        *to++ = '-';
    }
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    while (count != 0) {
        *to++ = digits[--count];
    }
    return to;
}

static char *hexadecimal(char *to, u32 value, int width)
{
    while (width-- > 0) {
        u32 digit = (value >> (width * 4)) & 15;
        *to++ = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
    return to;
}

u32 strings(u32 seed)
{
    u32 digest = 0;
    char *at = buffer;
    for (int line = 0; line < 20; line++) {
        u32 random = noise(&seed);
        at = decimal(at, (int)random >> (line & 15));
        *at++ = ' ';
        at = hexadecimal(at, random, 1 + (line & 7));
        *at++ = line & 1 ? '\n' : ',';
    }
    *at = 0;
    u32 length = (u32)(at - buffer);
    copy(other + 1, buffer, length + 1);
    for (u32 index = 0; index < length; index++) {
        char character = other[index + 1];
        if (character >= 'a' && character <= 'f') {
            other[index + 1] = (char)(character - 'a' + 'A');
        }
        digest = mix(digest, (u32)(u8)other[index + 1]);
    }
    int parsed = 0;
    int negative = 0;
    for (const char *p = buffer; *p != 0; p++) {
        if (*p == '-') {
            negative = 1;
        } else if (*p >= '0' && *p <= '9') {
            parsed = parsed * 10 + (*p - '0');
        } else {
            digest = mix(digest, (u32)(negative ? -parsed : parsed));
            parsed = 0;
            negative = 0;
        }
    }
    return digest;
}
