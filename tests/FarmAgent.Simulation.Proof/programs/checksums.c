/* CRC-32 by table and bit by bit, Fletcher and Adler sums. */
#include "programs.h"

static u32 table[256];
static u8 data[1024];

u32 checksums(u32 seed)
{
    u32 crc = 0xFFFFFFFFu;
    u32 bits = 0xFFFFFFFFu;
    u32 first = 1;
    u32 second = 0;
    u16 fletcher = 0;
    u32 index;
    for (index = 0; index < 256; index++) {
        u32 value = index;
        for (int bit = 0; bit < 8; bit++) {
            value = value & 1 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        }
        table[index] = value;
    }
    for (index = 0; index < sizeof data; index++) {
        data[index] = (u8)noise(&seed);
    }
    for (index = 0; index < sizeof data; index++) {
        crc = table[(crc ^ data[index]) & 0xFF] ^ (crc >> 8);
        first += data[index];
        second += first;
        if ((index & 15) == 15) {
            first %= 65521;
            second %= 65521;
        }
        fletcher = (u16)(fletcher * 5 + data[index]);
    }
    for (index = 0; index < 128; index++) {
        bits ^= (u32)data[index] << 24;
        for (int bit = 0; bit < 8; bit++) {
            bits = (bits & 0x80000000u) != 0 ? (bits << 1) ^ 0x04C11DB7u : bits << 1;
        }
    }
    return mix(mix(mix(crc, bits), (second << 16) | first), fletcher);
}
