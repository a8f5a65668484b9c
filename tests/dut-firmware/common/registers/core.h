/* Cortex-M3 system registers: PM0056 (NVIC 4.3, SCB 4.4, SysTick 4.5). */
#ifndef CORE_H
#define CORE_H

#include <stdint.h>

struct systick {
    volatile uint32_t ctrl; /* 0xE000E010 */
    volatile uint32_t load;
    volatile uint32_t val;
};

#define SYSTICK ((struct systick *)0xE000E010u)
#define SYSTICK_ENABLE (1u << 0)
#define SYSTICK_TICKINT (1u << 1)
#define SYSTICK_CLKSOURCE_AHB (1u << 2)

#define NVIC_ISER ((volatile uint32_t *)0xE000E100u)
#define NVIC_IPR ((volatile uint8_t *)0xE000E400u)

#define SCB_VTOR (*(volatile uint32_t *)0xE000ED08u)
#define SCB_SHPR ((volatile uint8_t *)0xE000ED18u) /* byte n is the priority of exception n + 4 */

/* Interrupt positions of the STM32F103 medium density: RM0008 10.1.2, table 63. */
#define IRQ_I2C1_EV 31u
#define IRQ_I2C1_ER 32u
#define IRQ_USART1 37u

#define EXCEPTION_SYSTICK 15u

/* The upper four bits of a priority byte exist; 0x00 is the most urgent. */
static inline void irq_enable(uint32_t irq, uint8_t priority)
{
    NVIC_IPR[irq] = priority;
    NVIC_ISER[irq / 32u] = 1u << (irq % 32u);
}

static inline void irq_mask_all(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
}

static inline void irq_unmask_all(void)
{
    __asm__ volatile("cpsie i" ::: "memory");
}

static inline void wait_for_interrupt(void)
{
    __asm__ volatile("dsb\n\twfi" ::: "memory");
}

/* Keeps the compiler from moving memory accesses across this point (one core, so no barrier instruction is needed). */
static inline void compiler_barrier(void)
{
    __asm__ volatile("" ::: "memory");
}

#endif
