/* I2C GPIO expander: the interrupts do the work, the main loop writes the log and sleeps. */
#include "../common/clock.h"
#include "../common/led.h"
#include "../common/registers/core.h"
#include "../common/registers/gpio.h"
#include "../common/registers/rcc.h"
#include "../common/serial.h"
#include "../common/tick.h"
#include "event_log.h"
#include "expander_pins.h"
#include "i2c_slave.h"

#define TICKS_PER_HEARTBEAT (500u / TICK_MILLISECONDS)

void systick_handler(void);

/* Slow blinking says alive, fast blinking says spoken to. */
void systick_handler(void)
{
    static uint32_t ticks;

    ticks++;
    if (!i2c_slave_was_active() && ticks < TICKS_PER_HEARTBEAT) {
        return;
    }

    ticks = 0u;
    /* Masked, lest the master take the pin between the question and the answer. */
    irq_mask_all();
    if (!expander_pins_use_led()) {
        led_toggle();
    }

    irq_unmask_all();
}

int main(void)
{
    clock_start();
    RCC->apb2enr |= RCC_APB2_AFIO | RCC_APB2_GPIOA | RCC_APB2_GPIOB | RCC_APB2_GPIOC;
    /* Debugging is by SWD only: this frees PA15, PB3 and PB4. */
    AFIO_MAPR = AFIO_MAPR_SWJ_SWD_ONLY;
    led_start();
    serial_start();
    serial_banner("expander");
    serial_text(" i2c 0x");
    serial_hex(I2C_SLAVE_ADDRESS);
    serial_char('\n');
    tick_start();
    i2c_slave_start();
    for (;;) {
        while (event_log_ready()) {
            event_log_print_next();
        }

        /* Masked from the last look to WFI: an interrupt that comes in between stays pending, and a pending interrupt ends WFI. */
        irq_mask_all();
        if (!event_log_ready()) {
            wait_for_interrupt();
        }

        irq_unmask_all();
    }
}
