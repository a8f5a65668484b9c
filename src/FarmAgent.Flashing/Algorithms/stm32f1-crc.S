/* Computes the CRC of each sector by the chip's CRC unit (RM0008 chapter 4). Position-independent, needs no stack.

   r0   CRC unit, +0 DR, +8 CR; its clock is on
   r1   first address, a multiple of 4
   r2   words in a sector, at least 1
   r3   number of sectors, at least 1
   r4   where the results go, one word a sector
   r10  where 0xAAAA is stored once a sector: the watchdog's key register, or any word of RAM

   r11  stored behind the results when all are there; the next run stores a number greater by 1

   The registers are loaded from the seven words that follow the code, in this order.
   Stops at bkpt 0. */

    .syntax unified
    .cpu    cortex-m3
    .thumb

    adr     r12, parameters
    ldmia   r12, {r0-r4, r10, r11}
    movw    r12, #0xAAAA
sector:
    str.w   r12, [r10]
    movs    r5, #1
    str     r5, [r0, #8]
    mov     r6, r2
word:
    ldmia   r1!, {r5}
    str     r5, [r0]
    subs    r6, #1
    bne     word
    ldr     r5, [r0]
    stmia   r4!, {r5}
    subs    r3, #1
    bne     sector
    str.w   r11, [r4]
    adr     r5, parameters
    add.w   r11, r11, #1
    str.w   r11, [r5, #24]
    bkpt    #0

    .balign 4
parameters:
