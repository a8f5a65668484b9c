/* I2C interface: RM0008 26.6. */
#ifndef I2C_H
#define I2C_H

#include <stdint.h>

struct i2c {
    volatile uint32_t cr1;
    volatile uint32_t cr2;
    volatile uint32_t oar1;
    volatile uint32_t oar2;
    volatile uint32_t dr;
    volatile uint32_t sr1;
    volatile uint32_t sr2;
    volatile uint32_t ccr;
    volatile uint32_t trise;
};

#define I2C1 ((struct i2c *)0x40005400u)

#define I2C_CR1_PE (1u << 0)
#define I2C_CR1_ACK (1u << 10)

#define I2C_CR2_ITERREN (1u << 8)
#define I2C_CR2_ITEVTEN (1u << 9)
#define I2C_CR2_ITBUFEN (1u << 10)

/* Reserved bit that software must keep at 1. */
#define I2C_OAR1_KEEP (1u << 14)

#define I2C_SR1_ADDR (1u << 1)
#define I2C_SR1_STOPF (1u << 4)
#define I2C_SR1_RXNE (1u << 6)
#define I2C_SR1_TXE (1u << 7)
#define I2C_SR1_BERR (1u << 8)
#define I2C_SR1_ARLO (1u << 9)
#define I2C_SR1_AF (1u << 10)
#define I2C_SR1_OVR (1u << 11)
/* All flags that are cleared by writing 0; writing 1 leaves them as they are. */
#define I2C_SR1_CLEARABLE 0xDF00u

#define I2C_SR2_TRA (1u << 2)

#endif
