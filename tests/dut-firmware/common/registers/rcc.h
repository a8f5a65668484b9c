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

#define RCC_CR_PLLON (1u << 24)
#define RCC_CR_PLLRDY (1u << 25)

#define RCC_CFGR_SW_PLL (2u << 0)
#define RCC_CFGR_SWS_MASK (3u << 2)
#define RCC_CFGR_SWS_PLL (2u << 2)
#define RCC_CFGR_APB1_HALF (4u << 8)
#define RCC_CFGR_PLL_HSI_HALF_TIMES_16 (14u << 18) /* PLLSRC 0 is half of HSI */

#define RCC_APB2_AFIO (1u << 0)
#define RCC_APB2_GPIOA (1u << 2)
#define RCC_APB2_GPIOB (1u << 3)
#define RCC_APB2_GPIOC (1u << 4)
#define RCC_APB2_USART1 (1u << 14)
#define RCC_APB1_I2C1 (1u << 21)

#endif
