#include "register_map.h"

#include <stdbool.h>

#include "../common/build_id.h"
#include "../common/version.h"
#include "event_log.h"
#include "expander_pins.h"

#define REGISTER_MAGIC 0x00u
#define REGISTER_ACTIVATE 0x02u
#define REGISTER_PORT 0x03u
#define REGISTER_PIN 0x0Bu
#define REGISTER_CONFIG 0x13u
#define REGISTER_VALUE 0x1Bu
#define REGISTER_VERSION 0x30u
#define REGISTER_BUILD_ID 0x34u

#define MAGIC_HIGH 0xBEu
#define MAGIC_LOW 0xEFu
#define VERSION_FORMAT 1u
#define ACTIVATE_ALL 0xFFu
#define UNKNOWN 0xFFu

#define NOT_GIVEN 0xFFu

/* Until the master says otherwise no GPIO has a port or a pin. */
static uint8_t ports[GPIO_COUNT] = {[0 ... GPIO_COUNT - 1u] = NOT_GIVEN};
static uint8_t pins[GPIO_COUNT] = {[0 ... GPIO_COUNT - 1u] = NOT_GIVEN};
static uint8_t configs[GPIO_COUNT];

static uint8_t pointer;
static bool pointer_expected;

/* True when the register belongs to the block of eight that starts at `first`. */
static bool in_block(uint8_t number, uint8_t first)
{
    return number >= first && number < first + GPIO_COUNT;
}

static void activate(uint32_t index)
{
    expander_pins_activate(index, ports[index], pins[index], configs[index]);
}

static bool activate_by(uint8_t selection)
{
    if (selection < GPIO_COUNT) {
        activate(selection);
        return true;
    }

    if (selection != ACTIVATE_ALL) {
        return false;
    }

    /* A GPIO that was never given a pin is left alone: "all" means all that are described. */
    for (uint32_t index = 0u; index < GPIO_COUNT; index++) {
        if (ports[index] != NOT_GIVEN || pins[index] != NOT_GIVEN) {
            activate(index);
        }
    }

    return true;
}

static bool write_register(uint8_t number, uint8_t value)
{
    if (in_block(number, REGISTER_PORT)) {
        ports[number - REGISTER_PORT] = value;
        return true;
    }

    if (in_block(number, REGISTER_PIN)) {
        pins[number - REGISTER_PIN] = value;
        return true;
    }

    if (in_block(number, REGISTER_CONFIG)) {
        configs[number - REGISTER_CONFIG] = value;
        return true;
    }

    if (in_block(number, REGISTER_VALUE)) {
        return expander_pins_set(number - REGISTER_VALUE, value != 0u);
    }

    return number == REGISTER_ACTIVATE && activate_by(value);
}

static uint8_t read_register(uint8_t number)
{
    if (in_block(number, REGISTER_PORT)) {
        return ports[number - REGISTER_PORT];
    }

    if (in_block(number, REGISTER_PIN)) {
        return pins[number - REGISTER_PIN];
    }

    if (in_block(number, REGISTER_CONFIG)) {
        return configs[number - REGISTER_CONFIG];
    }

    if (in_block(number, REGISTER_VALUE)) {
        return expander_pins_get(number - REGISTER_VALUE);
    }

    if (number >= REGISTER_BUILD_ID && number < REGISTER_BUILD_ID + BUILD_ID_SHOWN) {
        return build_id_byte(number - REGISTER_BUILD_ID);
    }

    switch (number) {
    case REGISTER_MAGIC:
        return MAGIC_HIGH;
    case REGISTER_MAGIC + 1u:
        return MAGIC_LOW;
    case REGISTER_ACTIVATE:
        return expander_pins_active();
    case REGISTER_VERSION:
        return VERSION_FORMAT;
    case REGISTER_VERSION + 1u:
        return VERSION_MAJOR;
    case REGISTER_VERSION + 2u:
        return VERSION_MINOR;
    case REGISTER_VERSION + 3u:
        return VERSION_PATCH;
    default:
        return UNKNOWN;
    }
}

void register_map_begin_write(void)
{
    pointer_expected = true;
}

void register_map_receive(uint8_t byte)
{
    if (pointer_expected) {
        pointer_expected = false;
        pointer = byte;
        return;
    }

    event_log_add(write_register(pointer, byte) ? EVENT_WRITTEN : EVENT_IGNORED, pointer, byte, 0u);
    pointer++;
}

uint8_t register_map_next(void)
{
    return read_register(pointer++);
}

void register_map_unread(void)
{
    pointer--;
}
