#include "gpio_driver.h"

#define IS_OUTPUT 0x10u
#define WANTS_PULL_DOWN 0x20u
#define WANTS_PULL_UP 0x40u

static void configure(IO uint32_t *control, uint32_t index, uint32_t nibble)
{
    uint32_t value = *control;

    value &= ~(0x0Fu << (index << 2));
    value |= nibble << (index << 2);
    *control = value;
}

void GPIO_Init(GPIO_Registers *port, const GPIO_Init_t *init)
{
    uint32_t mode = (uint32_t)init->GPIO_Mode;
    uint32_t nibble = mode & 0x0Fu;

    if ((mode & IS_OUTPUT) != 0u) {
        nibble = (mode & 0x0Cu) | (uint32_t)init->GPIO_Speed;
    }

    for (uint32_t position = 0u; position < 16u; position++) {
        uint32_t bit = 1u << position;

        if ((init->GPIO_Pin & bit) == 0u) {
            continue;
        }

        configure(position < 8u ? &port->CRL : &port->CRH, position & 7u, nibble);
        if ((mode & WANTS_PULL_DOWN) != 0u) {
            port->BRR = bit;
        } else if ((mode & WANTS_PULL_UP) != 0u) {
            port->BSRR = bit;
        }
    }
}
