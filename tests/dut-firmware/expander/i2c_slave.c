#include "i2c_slave.h"

#include "../common/clock.h"
#include "../common/registers/core.h"
#include "../common/registers/gpio.h"
#include "../common/registers/i2c.h"
#include "../common/registers/rcc.h"
#include "event_log.h"
#include "register_map.h"

#define SCL_PIN 6u
#define SDA_PIN 7u
#define BUS_HZ 100000u
#define CLOCK_MHZ (CLOCK_APB1_HZ / 1000000u)

/* Above everything else: the errata want slave events served before the byte on the wire is over. Both handlers share one priority, so neither interrupts the other. */
#define PRIORITY 0x00u

#define ERRORS (I2C_SR1_BERR | I2C_SR1_ARLO | I2C_SR1_AF | I2C_SR1_OVR)

static volatile bool addressed;

void i2c1_event_handler(void);
void i2c1_error_handler(void);

void i2c_slave_start(void)
{
    RCC->apb2enr |= RCC_APB2_GPIOB;
    RCC->apb1enr |= RCC_APB1_I2C1;
    RCC->apb1rstr |= RCC_APB1_I2C1;
    RCC->apb1rstr &= ~RCC_APB1_I2C1;
    pin_mode(PORT_B, SCL_PIN, PIN_ALTERNATE_OPEN_DRAIN_50MHZ);
    pin_mode(PORT_B, SDA_PIN, PIN_ALTERNATE_OPEN_DRAIN_50MHZ);

    I2C1->cr2 = CLOCK_MHZ | I2C_CR2_ITERREN | I2C_CR2_ITEVTEN | I2C_CR2_ITBUFEN;
    /* A slave follows the master's clock; set-up and hold times still come from these two. */
    I2C1->ccr = CLOCK_APB1_HZ / (2u * BUS_HZ);
    I2C1->trise = CLOCK_MHZ + 1u;
    I2C1->oar1 = I2C_OAR1_KEEP | (I2C_SLAVE_ADDRESS << 1);
    irq_enable(IRQ_I2C1_EV, PRIORITY);
    irq_enable(IRQ_I2C1_ER, PRIORITY);
    I2C1->cr1 = I2C_CR1_PE;
    /* Hardware holds ACK at 0 while PE is 0 (26.6.1), hence a second store. */
    I2C1->cr1 = I2C_CR1_PE | I2C_CR1_ACK;
}

bool i2c_slave_was_active(void)
{
    bool was = addressed;

    addressed = false;
    return was;
}

/*
 * RM0008 26.3.2, events EV1 to EV4. The order matters where two flags meet because the handler came late: a byte belongs to the
 * transfer before the STOP, and a STOP to the transfer before the next address. While ADDR is set the interface holds SCL low, so nothing of
 * the new transfer can be pending yet.
 */
void i2c1_event_handler(void)
{
    uint32_t sr1 = I2C1->sr1;

    if ((sr1 & I2C_SR1_RXNE) != 0u) {
        register_map_receive((uint8_t)I2C1->dr); /* EV2; this read clears RXNE, and BTF if a second byte waits */
    }

    if ((sr1 & I2C_SR1_STOPF) != 0u) {
        I2C1->cr1 |= I2C_CR1_PE; /* EV4; STOPF is cleared by the read of SR1 above and this write */
    }

    if ((sr1 & I2C_SR1_ADDR) != 0u) {
        /* EV1; ADDR is cleared by a read of SR1 and then of SR2, which also tells the direction. */
        (void)I2C1->sr1;
        uint32_t sr2 = I2C1->sr2;

        addressed = true;
        I2C1->cr2 |= I2C_CR2_ITBUFEN;
        if ((sr2 & I2C_SR2_TRA) != 0u) {
            I2C1->dr = register_map_next(); /* EV3-1; SCL is held low until this store */
        } else {
            register_map_begin_write();
        }

        return;
    }

    if ((sr1 & I2C_SR1_TXE) != 0u) {
        I2C1->dr = register_map_next(); /* EV3; one byte ahead of the wire */
    }
}

void i2c1_error_handler(void)
{
    uint32_t sr1 = I2C1->sr1;

    I2C1->sr1 = I2C_SR1_CLEARABLE & ~(sr1 & ERRORS);
    if ((sr1 & I2C_SR1_AF) != 0u) {
        /* EV3-2: the master has its last byte. TXE = 0 means that one more was waiting in DR: it was not sent, the next read starts with it. */
        if ((sr1 & I2C_SR1_TXE) == 0u) {
            register_map_unread();
        }

        /* Nothing more to send until the next address, whatever TXE says. */
        I2C1->cr2 &= ~I2C_CR2_ITBUFEN;
    }

    if ((sr1 & (ERRORS & ~I2C_SR1_AF)) != 0u) {
        event_log_add(EVENT_BUS_ERROR, (sr1 & ERRORS) >> 8, 0u, 0u);
    }
}
