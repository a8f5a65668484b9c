/* Vectors, start, and the way out: the semihosting calls that QEMU knows; the proof sees the same BKPT 0xAB as the end of the text. */
#include "programs.h"

extern unsigned data_load, data_start, data_end, bss_start, bss_end;

void reset(void);
#ifdef EXCEPTIONS
static const unsigned rounds = 1;
#else
static void fault(void);

/* How often the programs run; a measure writes another number into the image. */
const volatile unsigned rounds __attribute__((section(".vectors.rounds"))) = 1;

__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))0x20010000, reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault,
};
#endif

static int semihosting(int operation, const void *argument)
{
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void text(const char *characters)
{
    semihosting(0x04, characters);
}

void report(const char *name, unsigned digest)
{
    char line[12];
    unsigned index;
    for (index = 0; index < 8; index++) {
        line[index] = "0123456789ABCDEF"[(digest >> (28 - index * 4)) & 15];
    }
    line[8] = '\n';
    line[9] = 0;
    text(name);
    text(" ");
    text(line);
}

void finish(void)
{
    semihosting(0x18, (const void *)0x20026);
    for (;;) {
    }
}

#ifndef EXCEPTIONS
static void fault(void)
{
    text("fault\n");
    finish();
}
#endif

void reset(void)
{
    unsigned *from = &data_load;
    unsigned *to;
    for (to = &data_start; to < &data_end;) {
        *to++ = *from++;
    }
    for (to = &bss_start; to < &bss_end;) {
        *to++ = 0;
    }
    programs(rounds);
    finish();
}
