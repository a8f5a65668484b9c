/*
 * Exceptions: what runs in which order, and what the system registers say meanwhile. Nothing here depends on how long anything takes.
 * Each scenario writes the numbers that it saw into a log and reports a digest of it.
 */
#include "programs.h"

#define REGISTER(address) (*(volatile u32 *)(address))
#define ICSR REGISTER(0xE000ED04)
#define AIRCR REGISTER(0xE000ED0C)
#define CCR REGISTER(0xE000ED14)
#define SHPR2 REGISTER(0xE000ED1C)
#define SHPR3 REGISTER(0xE000ED20)
#define SHCSR REGISTER(0xE000ED24)
#define CFSR REGISTER(0xE000ED28)
#define HFSR REGISTER(0xE000ED2C)
#define BFAR REGISTER(0xE000ED38)
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define ISER REGISTER(0xE000E100)
#define ICER REGISTER(0xE000E180)
#define ISPR REGISTER(0xE000E200)
#define ICPR REGISTER(0xE000E280)
#define IABR REGISTER(0xE000E300)
#define IPR(n) (*(volatile u8 *)(0xE000E400 + (n)))
#define STIR REGISTER(0xE000EF00)

enum { Lines = 24 };

static volatile u32 seen[400];
static volatile u32 count;
static volatile u32 plan[48];
static volatile u32 skip;

static void see(u32 value)
{
    if (count < 400) {
        seen[count++] = value;
    }
}

static u32 ipsr(void)
{
    u32 value;
    __asm__ volatile("mrs %0, ipsr" : "=r"(value));
    return value;
}

/* What a handler does, by the plan of its exception: bits 31:8 a set of interrupts to pend, bit 0 SVC, bit 1 PendSV, bit 2 SysTick, bit 3 a fault, bit 5 privilege for the thread. */
void handle(u32 *frame, u32 link)
{
    u32 exception = ipsr();
    u32 todo = plan[exception];
    see(exception);
    see(link);
    see(ICSR & ~(1u << 23));
    see(IABR);
    see(SHCSR);
    see(frame[7] & 0x0600FE00u);
    plan[exception] = 0;
    if (todo >> 8 != 0) {
        ISPR = todo >> 8;
    }
    if (todo & 2) {
        ICSR = 1u << 28;
    }
    if (todo & 4) {
        ICSR = 1u << 26;
    }
    __asm__ volatile("dsb\n isb" ::: "memory");
    if (todo & 1) {
        __asm__ volatile("svc 1" ::: "memory");
    }
    if (todo & 8) {
        __asm__ volatile("udf #0" ::: "memory");
    }
    if (todo & 0x20) {
        __asm__ volatile("msr control, %0" ::"r"(0) : "memory");
    }
    if (exception >= 3 && exception <= 6) {
        u32 status = CFSR;
        see(status);
        see(HFSR);
        see(status & 0x8000 ? BFAR : 0);
        CFSR = status;
        HFSR = HFSR;
        frame[6] += skip;
    }
    see(0x1000 | exception);
    see(ICSR & ~(1u << 23));
}

__attribute__((naked)) void enter(void)
{
    __asm__ volatile("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n mov r1, lr\n push {r3, lr}\n bl handle\n pop {r3, pc}");
}

static void calm(void)
{
    u32 index;
    ICER = 0xFFFFFFFF;
    ICPR = 0xFFFFFFFF;
    ICSR = (1u << 27) | (1u << 25);
    SHCSR = 0;
    SHPR2 = 0;
    SHPR3 = 0;
    AIRCR = 0x05FA0000;
    CCR = 0x200;
    for (index = 0; index < Lines; index++) {
        IPR(index) = 0;
    }
    for (index = 0; index < 48; index++) {
        plan[index] = 0;
    }
    skip = 2;
    count = 0;
}

static void done(const char *name)
{
    u32 digest = 0x811C9DC5u;
    u32 index;
    see(ipsr());
    see(ICSR & ~(1u << 23));
    see(SHCSR);
    for (index = 0; index < count; index++) {
        digest = mix(digest, seen[index]);
    }
    report(name, digest);
}

static void settle(void)
{
    __asm__ volatile("dsb\n isb" ::: "memory");
}

static void order(u32 seed)
{
    /* All pending at once, with priorities drawn: they follow each other on one frame. */
    calm();
    for (u32 index = 0; index < Lines; index++) {
        IPR(index) = (u8)(noise(&seed) & 0xE0);
    }
    SHPR3 = noise(&seed) & 0xE0E00000u;
    ISER = 0x00FFFFFF;
    __asm__ volatile("cpsid i");
    ISPR = noise(&seed) & 0x00FFFFFF;
    ICSR = (1u << 28) | (1u << 26);
    see(ICSR & ~(1u << 23));
    __asm__ volatile("cpsie i");
    settle();
}

static void nesting(u32 seed, u32 grouping)
{
    /* Handlers pend others: preemption by group priority, tail-chaining by the rest. */
    calm();
    AIRCR = 0x05FA0000 | (grouping << 8);
    see(AIRCR);
    for (u32 index = 0; index < Lines; index++) {
        IPR(index) = (u8)(noise(&seed) & 0xF0);
        plan[16 + index] = (noise(&seed) & noise(&seed) & noise(&seed) & 0x00FFFFFF) << 8 | (noise(&seed) & 6);
    }
    SHPR2 = noise(&seed) & 0x10000000u;
    SHPR3 = noise(&seed) & 0xF0F00000u;
    ISER = 0x00FFFFFF;
    ISPR = noise(&seed) & noise(&seed) & 0x00FFFFFF;
    settle();
    STIR = seed % Lines;
    settle();
    see(IPR(3) | (u32)IPR(7) << 8);
}

static void masks(void)
{
    calm();
    for (u32 index = 0; index < 8; index++) {
        IPR(index) = (u8)(index * 0x20);
    }
    ISER = 0xFF;
    for (u32 level = 0; level < 8; level++) {
        __asm__ volatile("msr basepri, %0" ::"r"(level * 0x20) : "memory");
        ISPR = 0xFF;
        settle();
        see(ISPR);
        ICPR = 0xFF;
    }
    __asm__ volatile("msr basepri, %0\n cpsid f" ::"r"(0) : "memory");
    ISPR = 0x0F;
    settle();
    see(ICSR & ~(1u << 23));
    __asm__ volatile("cpsie f\n isb" ::: "memory");
    see(ISPR);
    __asm__ volatile("svc 0");
    plan[11] = 2 | 0x30 << 8;
    SHPR3 = 0x00FF0000;
    __asm__ volatile("svc 0");
    settle();
}

static void faults(u32 enabled, u32 priority)
{
    calm();
    SHCSR = enabled;
    *(volatile u32 *)0xE000ED18 = priority;
    IPR(2) = 0x40;
    ISER = 4;
    __asm__ volatile("udf #1" ::: "memory");
    /* A 16-bit load where nobody answers, an unaligned one, a division by zero. */
    __asm__ volatile("ldr r3, [%0]" ::"r"(0x70000000) : "r3", "memory");
    skip = 4;
    CCR = 0x210;
    settle();
    __asm__ volatile("udiv r3, %0, %1" ::"r"(7), "r"(0) : "r3", "memory");
    CCR = 0x208;
    settle();
    __asm__ volatile("ldr.w r3, [%0]" ::"r"(0x20008001) : "r3", "memory");
    __asm__ volatile("ldrd r2, r3, [%0]" ::"r"(0x20008002) : "r2", "r3", "memory");
    skip = 2;
    /* A fault inside a handler: another fault if its priority allows, otherwise HardFault. */
    plan[18] = 8;
    ISPR = 4;
    settle();
}

static void stacks(void)
{
    static u32 process[64];
    calm();
    ISER = 3;
    plan[16] = 2 << 8;
    __asm__ volatile(
        "msr psp, %0\n mov r2, #2\n msr control, r2\n isb\n"
        "svc 0\n mov r2, sp\n sub sp, #4\n svc 0\n mov r3, sp\n add sp, #4\n"
        "str %3, [%2]\n dsb\n isb\n"
        "mov r2, #0\n msr control, r2\n isb" ::"r"(process + 60), "r"(0), "r"(0xE000E200), "r"(1) : "r2", "r3", "memory");
    for (u32 index = 40; index < 60; index++) {
        see(process[index] & ((index & 7) == 7 ? 0 : 1));
    }
    /* Unprivileged: the private peripherals refuse, the masks stay; SVC gives the privilege back. */
    SHCSR = 7 << 16;
    skip = 2;
    plan[11] = 0x20;
    __asm__ volatile(
        "mov r2, #1\n msr control, r2\n isb\n cpsid i\n mrs r2, primask\n ldr r3, [%0]\n mrs r3, control\n svc 0" ::"r"(0xE000ED08) : "r2", "r3", "memory");
    see(0xABCD);
}

static void ticking(void)
{
    calm();
    /* 168 ms at the other machine's 25 MHz: no second one comes before the first is dealt with, however slow the machine. */
    SYST_RVR = 0x00400000;
    SYST_CVR = 0;
    SYST_CSR = 7;
    while (count == 0) {
    }
    SYST_CSR = 0;
    settle();
    see(SYST_CSR & 7);
    see(SYST_RVR);
    ICSR = 1u << 25;
}

void programs(u32 rounds)
{
    u32 seed = 0x2468ACE1u;
    for (u32 round = 0; round < 20 * rounds; round++) {
        order(noise(&seed));
        done("order");
    }
    for (u32 grouping = 0; grouping < 8; grouping++) {
        for (u32 round = 0; round < 6 * rounds; round++) {
            nesting(noise(&seed), grouping);
            done("nesting");
        }
    }
    masks();
    done("masks");
    for (u32 enabled = 0; enabled < 8; enabled++) {
        faults(enabled << 16, 0x00000000);
        done("faults, one priority");
        faults(enabled << 16, 0x00206040);
        done("faults, several priorities");
    }
    ticking();
    done("ticking");
    stacks();
    done("stacks");
}

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

void *memset(void *to, int value, u32 size)
{
    u8 *at = to;
    while (size--) {
        *at++ = (u8)value;
    }
    return to;
}
