/*
 * Runs cases one after another, on any Cortex-M3: sets the state that a case asks for, lets its code run in thread mode on the process
 * stack until an exception ends it (its own SVC or a fault), and stores what that exception finds. It never uses a stack itself.
 *
 * The layout of cases and results is that of Cases/CaseLayout.cs.
 */
    .syntax unified
    .cpu cortex-m3
    .thumb

    .equ VARIABLES, 0x20000000
    .equ MAIN_STACK, 0x20004000
    .equ SCRATCH, 0x20010000
    .equ SCRATCH_SIZE, 0x200
    .equ BATCH, 0x21000000
    .equ TEMPLATE, 0x21000800
    .equ CASES, 0x21100000
    .equ RESULTS, 0x21300000
    .equ CASE_SIZE, 104
    .equ RESULT_SIZE, 128

    .section .vectors, "ax"
    .word MAIN_STACK
    .word reset + 1
    .rept 62
    .word entry + 1
    .endr

    .text
    .thumb_func
reset:
    ldr r0, =VARIABLES
    ldr r1, =CASES
    str r1, [r0]
    ldr r1, =BATCH
    ldr r1, [r1]
    str r1, [r0, #4]
    ldr r1, =RESULTS
    str r1, [r0, #8]
    movs r1, #0
    str r1, [r0, #12]
    ldr r1, =SCRATCH + 0x180
    msr psp, r1
    movs r1, #2
    msr control, r1
    isb
    svc #0

    .thumb_func
entry:
    ldr r0, =VARIABLES
    ldr r1, [r0, #8]
    stmia r1!, {r4-r11}
    tst lr, #4
    ite eq
    mrseq r2, msp
    mrsne r2, psp
    mov r3, r2
    ldr r4, =0x20008000
    cmp r3, r4
    blo nowhere
    ldr r4, =0x203FFFE0
    cmp r3, r4
    bhi nowhere
    ldmia r3, {r4-r11}
    b found
nowhere:
    movs r4, #0
    movs r5, #0
    movs r6, #0
    movs r7, #0
    mov r8, r4
    mov r9, r4
    mov r10, r4
    mov r11, r4
found:
    stmia r1!, {r4-r11}
    ldr r3, =0xE000ED00
    mrs r4, ipsr
    ldr r5, [r3, #0x28]
    ldr r6, [r3, #0x2C]
    ldr r7, [r3, #0x34]
    ldr r8, [r3, #0x38]
    stmia r1!, {r2, r4-r8, lr}
    str r5, [r3, #0x28]
    str r6, [r3, #0x2C]
    mrs r4, control
    mrs r5, primask
    mrs r6, faultmask
    mrs r7, basepri
    mrs r8, msp
    movs r9, #0
    ldr r10, =SCRATCH
    ldr r11, =SCRATCH + SCRATCH_SIZE
digest:
    ldr r2, [r10], #4
    add r9, r2, r9, ror #5
    cmp r10, r11
    bne digest
    stmia r1!, {r4-r9}
    ldr r1, [r0, #8]
    adds r1, #RESULT_SIZE
    str r1, [r0, #8]

    /* Back to a known state. */
    movs r4, #0
    msr primask, r4
    msr faultmask, r4
    msr basepri, r4
    ldr r5, =MAIN_STACK
    msr msp, r5
    ldr r5, =0x0A000000
    str r5, [r3, #4]

    ldr r4, [r0, #4]
    cmp r4, #0
    beq finish
    subs r4, #1
    str r4, [r0, #4]

    /* Memory. */
    ldr r10, =SCRATCH
    ldr r11, =SCRATCH + SCRATCH_SIZE
    ldr r12, =TEMPLATE
fill:
    ldmia r12!, {r1, r2, r4-r9}
    stmia r10!, {r1, r2, r4-r9}
    cmp r10, r11
    bne fill

    /* Special registers. */
    ldr r12, [r0]
    add r1, r12, #CASE_SIZE
    str r1, [r0]
    ldr r1, [r12, #84]
    ldr r2, [r12, #88]
    cbz r1, unpoked
    str r2, [r1]
unpoked:
    ldr r1, [r12, #68]
    str r1, [r3, #0x14]
    ldr r1, [r3, #0x24]
    bic r1, r1, #0x70000
    ldr r2, [r12, #92]
    orrs r1, r2
    str r1, [r3, #0x24]

    /* The frame, from which the exception return starts the case. */
    add r1, r12, #32
    ldmia r1, {r4-r11}
    ldr r2, [r12, #64]
    subs r2, #32
    msr psp, r2
    stmia r2, {r4-r11}
    ldmia r12, {r4-r11}
    ldr lr, =0xFFFFFFFD
    ldr r1, [r12, #72]
    ldr r2, [r12, #80]
    ldr r0, [r12, #76]
    msr basepri, r2
    msr primask, r0
    msr control, r1
    ldr r1, [r12, #96]
    cbz r1, start
    str r1, [r3, #4]
start:
    isb
    bx lr

finish:
    movs r4, #1
    str r4, [r0, #12]
    /* Semihosting: open the file that the batch names, write the results, exit. */
    ldr r1, =BATCH + 16
    movs r0, #1
    bkpt 0xAB
    ldr r1, =BATCH + 32
    str r0, [r1]
    movs r0, #5
    bkpt 0xAB
    movs r0, #0x18
    ldr r1, =0x20026
    bkpt 0xAB
    b .
    .ltorg
