#ifndef SYSTEM_H
#define SYSTEM_H

#include <stdint.h>

typedef struct {
    uint32_t sysclk;
    uint32_t pclk1;
    uint32_t pclk2;
} Clocks;

/* From the reset state to 72 MHz by crystal and PLL; waits for both. Without a crystal it stays here. */
void SystemInit(void);

/* What the registers of RCC say, as vendor drivers ask for it. */
void GetClocks(Clocks *clocks);

/* How often the crystal was asked for. */
extern volatile uint32_t hse_start_count;

#endif
