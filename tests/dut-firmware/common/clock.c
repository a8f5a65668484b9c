#include "clock.h"

#include "registers/flash.h"
#include "registers/rcc.h"

void clock_start(void)
{
    /* The flash's wait states and prefetch come before the speed that needs them (RM0008 3.3.3). */
    FLASH_ACR = FLASH_ACR_PREFETCH | FLASH_ACR_TWO_WAIT_STATES;
    RCC->cfgr = RCC_CFGR_PLL_HSI_HALF_TIMES_16 | RCC_CFGR_APB1_HALF;
    RCC->cr |= RCC_CR_PLLON;
    while ((RCC->cr & RCC_CR_PLLRDY) == 0u) {
    }

    RCC->cfgr |= RCC_CFGR_SW_PLL;
    while ((RCC->cfgr & RCC_CFGR_SWS_MASK) != RCC_CFGR_SWS_PLL) {
    }
}
