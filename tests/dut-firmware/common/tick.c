#include "tick.h"

#include "clock.h"
#include "registers/core.h"

#define PRIORITY 0xF0u

void tick_start(void)
{
    SCB_SHPR[EXCEPTION_SYSTICK - 4u] = PRIORITY;
    SYSTICK->load = CLOCK_HZ / 1000u * TICK_MILLISECONDS - 1u;
    SYSTICK->val = 0u;
    SYSTICK->ctrl = SYSTICK_CLKSOURCE_AHB | SYSTICK_TICKINT | SYSTICK_ENABLE;
}
