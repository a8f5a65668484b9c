/* Vector table and the way from reset to main. */
#include <stdint.h>

#include "registers/core.h"

extern uint32_t __stack_top, __data_start, __data_end, __data_load, __bss_start, __bss_end;

int main(void);
void reset_handler(void);
void fault_handler(void);
void unexpected_interrupt_handler(void);

/* A program defines those that it uses. */
void systick_handler(void) __attribute__((weak, alias("unexpected_interrupt_handler")));
void i2c1_event_handler(void) __attribute__((weak, alias("unexpected_interrupt_handler")));
void i2c1_error_handler(void) __attribute__((weak, alias("unexpected_interrupt_handler")));
void usart1_handler(void) __attribute__((weak, alias("unexpected_interrupt_handler")));

typedef void (*handler)(void);

#define EXTERNAL 16u
#define LAST_INTERRUPT 42u /* USBWakeUp, the last one of a medium density chip */

__attribute__((section(".vectors"), used)) static const handler vectors[EXTERNAL + LAST_INTERRUPT + 1u] = {
    [0] = (handler)&__stack_top,
    [1] = reset_handler,
    [2] = unexpected_interrupt_handler, /* NMI */
    [3] = fault_handler,                /* HardFault */
    [4] = fault_handler,                /* MemManage */
    [5] = fault_handler,                /* BusFault */
    [6] = fault_handler,                /* UsageFault */
    [11] = unexpected_interrupt_handler, /* SVCall */
    [12] = unexpected_interrupt_handler, /* DebugMonitor */
    [14] = unexpected_interrupt_handler, /* PendSV */
    [EXCEPTION_SYSTICK] = systick_handler,
    [EXTERNAL ... EXTERNAL + IRQ_I2C1_EV - 1u] = unexpected_interrupt_handler,
    [EXTERNAL + IRQ_I2C1_EV] = i2c1_event_handler,
    [EXTERNAL + IRQ_I2C1_ER] = i2c1_error_handler,
    [EXTERNAL + IRQ_I2C1_ER + 1u ... EXTERNAL + IRQ_USART1 - 1u] = unexpected_interrupt_handler,
    [EXTERNAL + IRQ_USART1] = usart1_handler,
    [EXTERNAL + IRQ_USART1 + 1u ... EXTERNAL + LAST_INTERRUPT] = unexpected_interrupt_handler,
};

__attribute__((noreturn)) void reset_handler(void)
{
    const uint32_t *from = &__data_load;

    for (uint32_t *to = &__data_start; to < &__data_end;) {
        *to++ = *from++;
    }

    for (uint32_t *to = &__bss_start; to < &__bss_end;) {
        *to++ = 0u;
    }

    SCB_VTOR = (uint32_t)vectors;
    main();
    for (;;) {
    }
}

/* Stays here with the fault status registers untouched, for the probe to read. */
__attribute__((noreturn)) void fault_handler(void)
{
    for (;;) {
    }
}

void unexpected_interrupt_handler(void)
{
    for (;;) {
    }
}
