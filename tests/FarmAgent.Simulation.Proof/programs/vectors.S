/* The vector table of the exceptions' image: everything enters one handler. */
    .syntax unified
    .thumb
    .section .vectors, "a"
    .word 0x20010000
    .word reset
    .rept 62
    .word enter
    .endr
