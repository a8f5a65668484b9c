#include "expander_pins.h"

#include "../common/led.h"
#include "../common/registers/gpio.h"
#include "event_log.h"

#define PIN_BITS(number) (1u << (number))

/* Pins of the 48-pin package that can be general purpose: PD0 and PD1 would need a remap of the oscillator pins, so port D has none here. */
static const uint16_t existing[] = {0xFFFFu, 0xFFFFu, 0xE000u};

/* Pins whose loss would cut this board off: the log, SWDIO, SWCLK, the I2C bus itself. */
static const uint16_t needed[] = {
    PIN_BITS(9) | PIN_BITS(13) | PIN_BITS(14),
    PIN_BITS(6) | PIN_BITS(7),
    0u,
};

#define PORTS (sizeof existing / sizeof existing[0])

struct mapping {
    uint8_t port;
    uint8_t pin;
    uint8_t config;
    bool active;
    bool value; /* logical; of an output */
};

static struct mapping mappings[GPIO_COUNT];

static bool is_led(const struct mapping *mapping)
{
    return mapping->port == LED_PORT && mapping->pin == LED_PIN;
}

static void release(struct mapping *mapping)
{
    if (!mapping->active) {
        return;
    }

    mapping->active = false;
    if (is_led(mapping)) {
        led_start();
    } else {
        pin_mode(mapping->port, mapping->pin, PIN_INPUT_FLOATING);
    }
}

static void take_from_others(uint32_t port, uint32_t pin)
{
    for (uint32_t index = 0u; index < GPIO_COUNT; index++) {
        struct mapping *other = &mappings[index];

        if (other->active && other->port == port && other->pin == pin) {
            other->active = false;
        }
    }
}

static void drive(struct mapping *mapping, bool value)
{
    mapping->value = value;
    pin_drive(mapping->port, mapping->pin, value != ((mapping->config & CONFIG_INVERTED) != 0u));
}

void expander_pins_activate(uint32_t index, uint8_t port, uint8_t pin, uint8_t config)
{
    struct mapping *mapping = &mappings[index];
    bool exists = port < PORTS && pin < 16u && (existing[port] & PIN_BITS(pin)) != 0u;
    bool same = mapping->active && mapping->port == port && mapping->pin == pin;

    if (!same) {
        release(mapping);
    }

    if (!exists) {
        event_log_add(EVENT_NO_PIN, index, port, pin);
        return;
    }

    if ((needed[port] & PIN_BITS(pin)) != 0u) {
        event_log_add(EVENT_REFUSED, index, port, pin);
        return;
    }

    take_from_others(port, pin);
    mapping->port = port;
    mapping->pin = pin;
    mapping->config = config;
    mapping->active = true;
    if ((config & CONFIG_OUTPUT) != 0u) {
        drive(mapping, (config & CONFIG_INITIAL) != 0u);
        pin_mode(port, pin, PIN_OUTPUT_PUSH_PULL_2MHZ);
        event_log_add(EVENT_OUTPUT, index, port, pin | (((GPIO_PORT(port)->odr >> pin) & 1u) << 7));
    } else {
        pin_drive(port, pin, 0u); /* for an input this bit chooses the pull-down */
        pin_mode(port, pin, PIN_INPUT_PULLED);
        event_log_add(EVENT_INPUT, index, port, pin);
    }
}

bool expander_pins_set(uint32_t index, bool value)
{
    struct mapping *mapping = &mappings[index];

    if (!mapping->active || (mapping->config & CONFIG_OUTPUT) == 0u) {
        return false;
    }

    drive(mapping, value);
    return true;
}

uint8_t expander_pins_get(uint32_t index)
{
    const struct mapping *mapping = &mappings[index];

    if (!mapping->active) {
        return VALUE_NONE;
    }

    if ((mapping->config & CONFIG_OUTPUT) != 0u) {
        return mapping->value;
    }

    return pin_level(mapping->port, mapping->pin) != ((mapping->config & CONFIG_INVERTED) != 0u);
}

uint8_t expander_pins_active(void)
{
    uint32_t mask = 0u;

    for (uint32_t index = 0u; index < GPIO_COUNT; index++) {
        mask |= (uint32_t)mappings[index].active << index;
    }

    return (uint8_t)mask;
}

bool expander_pins_use_led(void)
{
    for (uint32_t index = 0u; index < GPIO_COUNT; index++) {
        if (mappings[index].active && is_led(&mappings[index])) {
            return true;
        }
    }

    return false;
}
