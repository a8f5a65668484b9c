#include "led.h"

#include "registers/gpio.h"
#include "registers/rcc.h"

void led_start(void)
{
    RCC->apb2enr |= RCC_APB2_GPIOC;
    pin_drive(LED_PORT, LED_PIN, 1u);
    pin_mode(LED_PORT, LED_PIN, PIN_OUTPUT_PUSH_PULL_2MHZ);
}

void led_toggle(void)
{
    pin_drive(LED_PORT, LED_PIN, ((GPIO_PORT(LED_PORT)->odr >> LED_PIN) & 1u) ^ 1u);
}
