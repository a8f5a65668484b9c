/* General purpose pins and their alternate functions: RM0008 9.2 and 9.4. */
#ifndef GPIO_H
#define GPIO_H

#include <stdint.h>

struct gpio {
    volatile uint32_t crl;
    volatile uint32_t crh;
    volatile uint32_t idr;
    volatile uint32_t odr;
    volatile uint32_t bsrr;
    volatile uint32_t brr;
    volatile uint32_t lckr;
};

/* Port 0 is A, 1 is B, ... */
#define GPIO_PORT(number) ((struct gpio *)(0x40010800u + 0x400u * (number)))

#define PORT_A 0u
#define PORT_B 1u
#define PORT_C 2u

#define AFIO_MAPR (*(volatile uint32_t *)0x40010004u)
#define AFIO_MAPR_SWJ_SWD_ONLY (2u << 24)

/* CNF[1:0] and MODE[1:0] of one pin, as the nibble in CRL or CRH. */
#define PIN_INPUT_FLOATING 0x4u
#define PIN_INPUT_PULLED 0x8u /* ODR chooses: 0 down, 1 up */
#define PIN_OUTPUT_PUSH_PULL_2MHZ 0x2u
#define PIN_ALTERNATE_PUSH_PULL_50MHZ 0xBu
#define PIN_ALTERNATE_OPEN_DRAIN_50MHZ 0xFu

static inline void pin_mode(uint32_t port, uint32_t pin, uint32_t mode)
{
    volatile uint32_t *control = pin < 8u ? &GPIO_PORT(port)->crl : &GPIO_PORT(port)->crh;
    uint32_t shift = (pin & 7u) * 4u;

    *control = (*control & ~(0xFu << shift)) | (mode << shift);
}

/* One store to BSRR: safe against an interrupt that drives another pin of the port. */
static inline void pin_drive(uint32_t port, uint32_t pin, uint32_t level)
{
    GPIO_PORT(port)->bsrr = level ? 1u << pin : 0x10000u << pin;
}

static inline uint32_t pin_level(uint32_t port, uint32_t pin)
{
    return (GPIO_PORT(port)->idr >> pin) & 1u;
}

#endif
