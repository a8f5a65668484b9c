/* A register file behind a byte protocol, and a small stack machine: switches, calls through pointers, volatile half-words. */
#include "programs.h"

static volatile u16 registers[32];
static u8 file[64];

typedef struct {
    u8 state;
    u8 address;
    u8 count;
} Slave;

static void receive(Slave *slave, u8 value)
{
    switch (slave->state) {
    case 0:
        slave->address = value & 63;
        slave->state = value & 0x80 ? 2 : 1;
        break;
    case 1:
        file[slave->address] = value;
        slave->address = (u8)((slave->address + 1) & 63);
        if (++slave->count > 3) {
            slave->state = 3;
        }
        break;
    case 2:
        registers[slave->address & 31] = (u16)((registers[slave->address & 31] << 8) | value);
        slave->state = 4;
        break;
    case 3:
        slave->count = 0;
        slave->state = (u8)(value & 1 ? 0 : 5);
        break;
    case 4:
        registers[value & 31] ^= registers[slave->address & 31];
        slave->state = 0;
        break;
    case 5:
        file[value & 63] = (u8)~file[value & 63];
        slave->state = 0;
        break;
    default:
        slave->state = 0;
        break;
    }
}

static int add(int left, int right) { return left + right; }
static int subtract(int left, int right) { return left - right; }
static int multiply(int left, int right) { return left * right; }
static int least(int left, int right) { return left < right ? left : right; }
static int (*const operations[4])(int, int) = {add, subtract, multiply, least};

u32 machine(u32 seed)
{
    Slave slave = {0, 0, 0};
    int stack[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    u32 depth = 4;
    u32 digest = 0;
    for (u32 index = 0; index < 900; index++) {
        u32 random = noise(&seed);
        receive(&slave, (u8)random);
        if (random & 0x100) {
            if (depth < 7) {
                stack[depth++] = (int)(signed char)(random >> 16);
            }
        } else if (depth > 1) {
            depth--;
            stack[depth - 1] = operations[(random >> 12) & 3](stack[depth - 1], stack[depth]);
        }
    }
    for (u32 index = 0; index < 64; index++) {
        digest = mix(digest, file[index] + registers[index & 31] + (u32)stack[index & 7]);
    }
    return digest;
}
