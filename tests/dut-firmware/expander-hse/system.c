#include "system.h"

#include <stdbool.h>

#include "device.h"

#define HSE_HZ 8000000u
#define HSI_HZ 8000000u
#define HSE_START_LIMIT 0x5000u
#define ACR_PREFETCH 0x10u
#define ACR_TWO_WAIT_STATES 2u

volatile uint32_t hse_start_count;

static void reset_clocks(void)
{
    RCC->CR |= RCC_CR_HSION;
    RCC->CFGR &= 0xF8FF0000u;
    RCC->CR &= 0xFEF6FFFFu;
    RCC->CR &= 0xFFFBFFFFu;
    RCC->CFGR &= 0xFF80FFFFu;
    RCC->CIR = 0x009F0000u;
}

static bool start_crystal(void)
{
    RCC->CR |= RCC_CR_HSEON;
    do {
        hse_start_count++;
    } while ((RCC->CR & RCC_CR_HSERDY) == 0u && hse_start_count != HSE_START_LIMIT);

    return (RCC->CR & RCC_CR_HSERDY) != 0u;
}

void SystemInit(void)
{
    reset_clocks();
    if (!start_crystal()) {
        for (;;) {
        }
    }

    FLASH_ACR |= ACR_PREFETCH;
    FLASH_ACR &= ~3u;
    FLASH_ACR |= ACR_TWO_WAIT_STATES;
    RCC->CFGR |= RCC_CFGR_PPRE1_DIV2;
    RCC->CFGR &= ~RCC_CFGR_PLL;
    RCC->CFGR |= RCC_CFGR_PLL_HSE_9;
    RCC->CR |= RCC_CR_PLLON;
    while ((RCC->CR & RCC_CR_PLLRDY) == 0u) {
    }

    RCC->CFGR &= ~RCC_CFGR_SW;
    RCC->CFGR |= RCC_CFGR_SW_PLL;
    while ((RCC->CFGR & RCC_CFGR_SWS) != RCC_CFGR_SWS_PLL) {
    }
}

void GetClocks(Clocks *clocks)
{
    static const uint8_t shifts[16] = {0, 0, 0, 0, 1, 2, 3, 4, 1, 2, 3, 4, 6, 7, 8, 9};
    uint32_t cfgr = RCC->CFGR;
    uint32_t hclk;

    switch (cfgr & RCC_CFGR_SWS) {
    case 0x04u:
        clocks->sysclk = HSE_HZ;
        break;
    case RCC_CFGR_SWS_PLL:
        clocks->sysclk = ((cfgr & 0x00010000u) == 0u ? HSI_HZ / 2u : (cfgr & 0x00020000u) != 0u ? HSE_HZ / 2u : HSE_HZ) * (((cfgr >> 18) & 0xFu) + 2u);
        break;
    default:
        clocks->sysclk = HSI_HZ;
        break;
    }

    hclk = clocks->sysclk >> shifts[(cfgr >> 4) & 0xFu];
    clocks->pclk1 = hclk >> shifts[(cfgr >> 8) & 7u];
    clocks->pclk2 = hclk >> shifts[(cfgr >> 11) & 7u];
}
