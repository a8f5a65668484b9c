/* The eight GPIOs of the expander and the pins of the chip that they are mapped to. */
#ifndef EXPANDER_PINS_H
#define EXPANDER_PINS_H

#include <stdbool.h>
#include <stdint.h>

#define GPIO_COUNT 8u

/* Config register. */
#define CONFIG_OUTPUT (1u << 0)
#define CONFIG_INITIAL (1u << 1)
#define CONFIG_INVERTED (1u << 2)

/* Value register of a GPIO that is mapped to no pin. */
#define VALUE_NONE 0xFFu

/*
 * Applies a configuration: the pin gets its mode, an output its initial value (before it begins to drive). A pin that the GPIO
 * had before is released; a pin that another GPIO had is taken from it. A pin that must not be touched leaves the GPIO mapped to none.
 */
void expander_pins_activate(uint32_t index, uint8_t port, uint8_t pin, uint8_t config);

/* Sets an active output to a logical value; false when the GPIO is not an active output. */
bool expander_pins_set(uint32_t index, bool value);

/* Logical value: what an output was set to, what an input sees now; VALUE_NONE when the GPIO is not active. */
uint8_t expander_pins_get(uint32_t index);

/* Bit n is 1 when GPIO n is mapped to a pin. */
uint8_t expander_pins_active(void);

/* True when the LED's pin serves as a GPIO, so that nobody else may drive it. */
bool expander_pins_use_led(void);

#endif
