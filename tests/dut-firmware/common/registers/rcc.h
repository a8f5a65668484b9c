/* Reset and clock control: RM0008 7.3. */
#ifndef RCC_H
#define RCC_H

#include <stdint.h>

struct rcc {
    volatile uint32_t cr;
    volatile uint32_t cfgr;
    volatile uint32_t cir;
    volatile uint32_t apb2rstr;
    volatile uint32_t apb1rstr;
    volatile uint32_t ahbenr;
    volatile uint32_t apb2enr;
    volatile uint32_t apb1enr;
};

#define RCC ((struct rcc *)0x40021000u)

#define RCC_APB2_AFIO (1u << 0)
#define RCC_APB2_GPIOA (1u << 2)
#define RCC_APB2_GPIOB (1u << 3)
#define RCC_APB2_GPIOC (1u << 4)
#define RCC_APB2_USART1 (1u << 14)
#define RCC_APB1_I2C1 (1u << 21)

/* After reset the core and both peripheral buses run on the internal 8 MHz oscillator, undivided. */
#define CLOCK_HZ 8000000u

#endif
