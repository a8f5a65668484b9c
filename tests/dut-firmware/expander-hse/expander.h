/* The register map of ../README.md, called from the I2C interrupt. */
#ifndef EXPANDER_H
#define EXPANDER_H

#include <stdint.h>

void expander_begin_write(void);
void expander_receive(uint8_t byte);
uint8_t expander_next(void);

#endif
