/* A program that is alive but is not an expander: it blinks and says who it is. I2C1 never gets a clock, so address 0x08 stays silent. */
#include "../common/clock.h"
#include "../common/led.h"
#include "../common/registers/core.h"
#include "../common/serial.h"
#include "../common/tick.h"

#define TICKS_PER_TOGGLE (250u / TICK_MILLISECONDS)

void systick_handler(void);

void systick_handler(void)
{
    static uint32_t ticks_left = TICKS_PER_TOGGLE;

    if (--ticks_left == 0u) {
        ticks_left = TICKS_PER_TOGGLE;
        led_toggle();
    }
}

int main(void)
{
    clock_start();
    led_start();
    serial_start();
    serial_banner("blinky");
    serial_char('\n');
    tick_start();
    for (;;) {
        wait_for_interrupt();
    }
}
