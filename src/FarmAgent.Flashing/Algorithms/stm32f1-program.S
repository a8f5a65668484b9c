/* Programs STM32F1 flash from a ring of slots in RAM. Position-independent, needs no stack, runs with interrupts masked.

   A slot holds, in ascending addresses: destination (word), flags (word: bit 0 erase the page first, bit 1 stop instead,
   bit 2 erase the whole flash first, bit 3 stop after it), data (r2 bytes), tag (word).
   The debugger writes a slot from its start to its end, so a matching tag says that all of it has arrived. One slot is one sector.

   r0   flash controller (PM0075 section 3), +0x04 KEYR, +0x0C SR, +0x10 CR, +0x14 AR; unlocked here and locked at the end
   r1   first slot
   r2   data bytes in a slot, a multiple of 4
   r3   where the tag of the last finished slot is stored; r4 - 1 while there is none
   r4   tag of the first slot; each following one is greater by 1
   r8   start of the ring, r9 its end
   r10  where 0xAAAA is stored while waiting and once a slot: the watchdog's key register, or any word of RAM

   The registers are loaded from the eight words that follow the code, in this order.
   Stops at bkpt 0 when asked to with r0 = 0, at bkpt 1 after an error with r0 = SR and r1 = the address, or at bkpt 2 when the controller stays
   locked. */

    .syntax unified
    .cpu    cortex-m3
    .thumb

    adr     r12, parameters
    ldmia   r12, {r0-r4, r8-r10}
    movw    r12, #0xAAAA
    subs    r6, r4, #1
    str     r6, [r3]
    ldr     r6, [r0, #0x10]
    lsls    r7, r6, #24         /* LOCK; keys that meet an unlocked controller lock it until the next reset */
    bpl     open
    movw    r6, #0x0123
    movt    r6, #0x4567
    str     r6, [r0, #0x04]
    movw    r6, #0x89AB
    movt    r6, #0xCDEF
    str     r6, [r0, #0x04]
    ldr     r6, [r0, #0x10]
    lsls    r7, r6, #24
    bmi     locked
open:
next:
    str.w   r12, [r10]
    add.w   r5, r1, #8
    adds    r5, r5, r2          /* r5 = where the tag is, and the end of the data */
    ldr     r6, [r5]
    cmp     r6, r4
    bne     next

    ldr     r6, [r1, #4]
    lsls    r7, r6, #30
    bmi     stop
    ldr.w   r11, [r1]
    adds    r1, #8
    movs    r7, #0x34           /* EOP, WRPRTERR, PGERR: written as ones they clear */
    str     r7, [r0, #0x0C]
    lsls    r7, r6, #29
    bmi     all
    lsls    r7, r6, #31
    bpl     program

    movs    r6, #0x02           /* PER */
    str     r6, [r0, #0x10]
    str.w   r11, [r0, #0x14]
    movs    r6, #0x42           /* PER and STRT */
    b       erase
all:
    movs    r6, #0x04           /* MER */
    str     r6, [r0, #0x10]
    movs    r6, #0x44           /* MER and STRT */
erase:
    str     r6, [r0, #0x10]
    bl      ready
    movs    r6, #0
    str     r6, [r0, #0x10]

program:
    movs    r6, #0x01           /* PG */
    str     r6, [r0, #0x10]
    movw    lr, #0xFFFF
half:
    ldrh    r6, [r1], #2
    cmp     r6, lr
    beq     skip                /* an erased half-word needs no programming, which takes 50 us */
    strh.w  r6, [r11]
    add.w   r11, r11, #2        /* also the cycle that BSY needs to rise */
busy:
    ldr     r6, [r0, #0x0C]
    lsls    r7, r6, #31
    bmi     busy
    tst.w   r6, #0x14           /* WRPRTERR, PGERR */
    bne     refused
    cmp     r1, r5
    bne     half
    b       written
skip:
    add.w   r11, r11, #2
    cmp     r1, r5
    bne     half

written:
    movs    r6, #0
    str     r6, [r0, #0x10]
    str     r4, [r3]
    subs    r7, r5, r2
    ldr     r7, [r7, #-4]       /* the flags once more */
    lsls    r7, r7, #28
    bmi     stop
    adds    r4, #1
    adds    r1, #4
    cmp     r1, r9
    blo     next
    mov     r1, r8
    b       next

ready:                          /* waits until the controller is idle; the call itself is the cycle that BSY needs to rise */
    ldr     r6, [r0, #0x0C]
    lsls    r7, r6, #31
    bmi     ready
    movs    r7, #0x14           /* WRPRTERR, PGERR */
    tst     r6, r7
    bne     failed
    bx      lr

stop:
    movs    r6, #0x80           /* LOCK */
    str     r6, [r0, #0x10]
    movs    r0, #0
    bkpt    #0

refused:
    sub.w   r11, r11, #2
failed:
    movs    r7, #0x80           /* LOCK */
    str     r7, [r0, #0x10]
    mov     r0, r6
    mov     r1, r11
    bkpt    #1

locked:
    bkpt    #2

    .balign 4
parameters:
