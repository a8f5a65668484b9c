/* I2C1 as a slave on PB6 (SCL) and PB7 (SDA), driven by its event and error interrupts. */
#ifndef I2C_SLAVE_H
#define I2C_SLAVE_H

#include <stdbool.h>
#include <stdint.h>

#define I2C_SLAVE_ADDRESS 0x08u

void i2c_slave_start(void);

/* True once after each time the master addressed us. */
bool i2c_slave_was_active(void);

#endif
