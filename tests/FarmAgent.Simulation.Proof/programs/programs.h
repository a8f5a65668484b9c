/* What the programs share. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

void report(const char *name, u32 digest);
void finish(void);
void programs(u32 rounds);

u32 mix(u32 digest, u32 value);
u32 noise(u32 *state);
void *copy(void *to, const void *from, u32 size);

u32 sorting(u32 seed);
u32 checksums(u32 seed);
u32 hashing(u32 seed);
u32 doubles(u32 seed);
u32 division(u32 seed);
u32 machine(u32 seed);
u32 strings(u32 seed);
u32 lists(u32 seed);

#endif
