#include "expander.h"

#include <stdbool.h>

#include "../common/build_id.h"
#include "../common/version.h"
#include "device.h"
#include "gpio_driver.h"
#include "usart_driver.h"

#define GPIOS 8u
#define REGISTERS 0x38u
#define ACTIVATE 0x02u
#define PORT 0x03u
#define PIN 0x0Bu
#define CONFIG 0x13u
#define VALUE 0x1Bu
#define AFTER_VALUES 0x23u
#define BUILD_ID 0x34u
#define NONE 0xFFu

#define CONFIG_OUTPUT 1u
#define CONFIG_INITIAL 2u
#define CONFIG_INVERTED 4u

typedef struct {
    GPIO_Registers *port;
    uint16_t pins;   /* those that the package has */
    uint16_t needed; /* those that the board needs itself */
} Port;

static const Port port_table[3] = {
    {GPIOA, 0xFFFFu, 0x6200u}, /* log, SWD */
    {GPIOB, 0xFFFFu, 0x00C0u}, /* the I2C bus */
    {GPIOC, 0xE000u, 0x0000u},
};

typedef struct {
    bool active;
    bool value; /* logical, of an output */
    uint8_t config;
    const Port *port;
    uint16_t mask;
} Gpio;

/* Port, pin and config as they were written; what is not in there reads as the switch below says. */
static uint8_t written[REGISTERS] = {[0 ... PORT - 1u] = 0u, [PORT... CONFIG - 1u] = NONE};
static Gpio gpios[GPIOS];
static uint8_t pointer;
static bool pointer_next;

static void drive(Gpio *gpio, bool value)
{
    bool high = value != ((gpio->config & CONFIG_INVERTED) != 0u);

    gpio->value = value;
    gpio->port->port->BSRR = high ? (uint32_t)gpio->mask : (uint32_t)gpio->mask << 16;
}

static void let_go(Gpio *gpio)
{
    GPIO_Init_t init = {.GPIO_Pin = gpio->mask, .GPIO_Speed = GPIO_Speed_2MHz, .GPIO_Mode = GPIO_Mode_IN_FLOATING};

    if (gpio->active) {
        gpio->active = false;
        GPIO_Init(gpio->port->port, &init);
    }
}

static void take(uint32_t index, const Port *port, uint16_t mask)
{
    for (uint32_t other = 0u; other < GPIOS; other++) {
        if (other != index && gpios[other].active && gpios[other].port == port && gpios[other].mask == mask) {
            gpios[other].active = false;
        }
    }
}

static void set_up(uint32_t index)
{
    Gpio *gpio = &gpios[index];
    uint32_t port = written[PORT + index];
    uint32_t pin = written[PIN + index];
    uint16_t mask = (uint16_t)(1u << (pin & 15u));
    bool exists = port < 3u && pin < 16u && (port_table[port].pins & mask) != 0u;
    bool needed = exists && (port_table[port].needed & mask) != 0u;
    GPIO_Init_t init = {.GPIO_Pin = mask, .GPIO_Speed = GPIO_Speed_2MHz, .GPIO_Mode = GPIO_Mode_Out_PP};

    if (!exists || needed || gpio->port != &port_table[port] || gpio->mask != mask) {
        let_go(gpio);
    }

    if (!exists) {
        debug_printf("gpio %u: port %u pin %u refused, no such pin\n", (unsigned)index, (unsigned)port, (unsigned)pin);
        return;
    }

    if (needed) {
        debug_printf("gpio %u: P%c%u refused, the board needs it\n", (unsigned)index, (char)('A' + port), (unsigned)pin);
        return;
    }

    take(index, &port_table[port], mask);
    gpio->port = &port_table[port];
    gpio->mask = mask;
    gpio->config = written[CONFIG + index];
    gpio->active = true;
    if ((gpio->config & CONFIG_OUTPUT) != 0u) {
        drive(gpio, (gpio->config & CONFIG_INITIAL) != 0u);
    } else {
        init.GPIO_Mode = GPIO_Mode_IPD;
    }

    GPIO_Init(gpio->port->port, &init);
    debug_printf("gpio %u: P%c%u %s\n", (unsigned)index, (char)('A' + port), (unsigned)pin,
                 (gpio->config & CONFIG_OUTPUT) == 0u ? "input" : (gpio->port->port->ODR & mask) != 0u ? "output high" : "output low");
}

static bool activate(uint8_t selection)
{
    if (selection < GPIOS) {
        set_up(selection);
        return true;
    }

    if (selection != NONE) {
        return false;
    }

    for (uint32_t index = 0u; index < GPIOS; index++) {
        if (written[PORT + index] != NONE || written[PIN + index] != NONE) {
            set_up(index);
        }
    }

    return true;
}

static bool write_value(Gpio *gpio, uint8_t value)
{
    if (!gpio->active || (gpio->config & CONFIG_OUTPUT) == 0u) {
        return false;
    }

    drive(gpio, value != 0u);
    return true;
}

static uint8_t read_value(const Gpio *gpio)
{
    bool high;

    if (!gpio->active) {
        return NONE;
    }

    if ((gpio->config & CONFIG_OUTPUT) != 0u) {
        return gpio->value ? 1u : 0u;
    }

    high = (gpio->port->port->IDR & gpio->mask) != 0u;
    return high != ((gpio->config & CONFIG_INVERTED) != 0u) ? 1u : 0u;
}

static uint8_t active_mask(void)
{
    uint32_t mask = 0u;

    for (uint32_t index = 0u; index < GPIOS; index++) {
        if (gpios[index].active) {
            mask |= 1u << index;
        }
    }

    return (uint8_t)mask;
}

static bool store(uint8_t number, uint8_t value)
{
    if (number == ACTIVATE) {
        return activate(value);
    }

    if (number >= PORT && number < VALUE) {
        written[number] = value;
        return true;
    }

    return number >= VALUE && number < AFTER_VALUES && write_value(&gpios[number - VALUE], value);
}

static uint8_t fetch(uint8_t number)
{
    static const uint8_t head[2] = {0xBEu, 0xEFu};
    static const uint8_t version[4] = {1u, VERSION_MAJOR, VERSION_MINOR, VERSION_PATCH};

    if (number < ACTIVATE) {
        return head[number];
    }

    if (number == ACTIVATE) {
        return active_mask();
    }

    if (number < VALUE) {
        return written[number];
    }

    if (number < AFTER_VALUES) {
        return read_value(&gpios[number - VALUE]);
    }

    if (number >= BUILD_ID && number < REGISTERS) {
        return build_id_byte(number - BUILD_ID);
    }

    return number >= 0x30u && number < BUILD_ID ? version[number - 0x30u] : NONE;
}

void expander_begin_write(void)
{
    pointer_next = true;
}

void expander_receive(uint8_t byte)
{
    if (pointer_next) {
        pointer_next = false;
        pointer = byte;
        return;
    }

    /* Printed here, in the interrupt: the STOP of this transfer arrives meanwhile and has to wait for its turn. */
    debug_printf("reg 0x%02x = 0x%02x%s\n", pointer, byte, store(pointer, byte) ? "" : " ignored");
    pointer++;
}

uint8_t expander_next(void)
{
    return fetch(pointer++);
}
