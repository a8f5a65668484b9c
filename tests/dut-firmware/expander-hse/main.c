/*
 * The expander of ../expander once more, written the way vendor code is: 72 MHz by crystal and PLL, both waited for; registers of I2C and
 * USART as half-words; whole-word compares of I2C events; printing in the I2C interrupt; a transmit interrupt that comes again while a byte
 * is under way; a main loop that spins.
 */
#include <stdint.h>

#include "../common/build_id.h"
#include "../common/version.h"
#include "device.h"
#include "gpio_driver.h"
#include "i2c_driver.h"
#include "system.h"
#include "usart_driver.h"

#define LED 0x2000u
#define TICKS_PER_SECOND 1000u
#define PRIORITY_GROUP_NO_PREEMPTION 0x05FA0700u
#define SWJ_SWD_ONLY 0x02000000u
#define SYSTICK_PRIORITY 0xF0u

static volatile uint32_t milliseconds;

void systick_handler(void);
int main(void);

void systick_handler(void)
{
    milliseconds++;
}

static void start_tick(void)
{
    Clocks clocks;

    GetClocks(&clocks);
    SYSTICK_LOAD = clocks.sysclk / TICKS_PER_SECOND - 1u;
    SYSTICK_VAL = 0u;
    SCB_SHPR[15u - 4u] = SYSTICK_PRIORITY;
    SYSTICK_CTRL = 7u;
}

static void start_led(void)
{
    GPIO_Init_t led = {.GPIO_Pin = LED, .GPIO_Speed = GPIO_Speed_2MHz, .GPIO_Mode = GPIO_Mode_Out_PP};

    RCC->APB2ENR |= APB2_GPIOC;
    GPIO_Init(GPIOC, &led);
}

int main(void)
{
    uint32_t led_at = 0u;
    uint32_t poll_at = 0u;
    uint32_t beat = 0u;

    SystemInit();
    SCB_AIRCR = PRIORITY_GROUP_NO_PREEMPTION;
    start_tick();
    start_led();
    USART_Start();
    AFIO_MAPR |= SWJ_SWD_ONLY;
    debug_printf("expander %u.%u.%u build %02x%02x%02x%02x i2c 0x%02x\n", VERSION_MAJOR, VERSION_MINOR, VERSION_PATCH, build_id_byte(0),
                 build_id_byte(1), build_id_byte(2), build_id_byte(3), I2C_OWN_ADDRESS);
    I2C_Start();

    for (;;) {
        uint32_t now = milliseconds;

        if (now - led_at >= 250u) {
            led_at = now;
            if ((beat++ & 2u) != 0u) {
                GPIOC->ODR |= LED;
            } else {
                GPIOC->ODR &= ~LED;
            }
        }

        if (now - poll_at >= 5u) {
            poll_at = now;
            USART_Poll();
        }
    }
}
