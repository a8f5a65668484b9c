#ifndef I2C_DRIVER_H
#define I2C_DRIVER_H

#include <stdint.h>

#define I2C_OWN_ADDRESS 0x08u

void I2C_Start(void);

#endif
