/* Log output on USART1 (PA9), 115200 baud, 8N1, through a ring that the transmit interrupt empties. */
#ifndef SERIAL_H
#define SERIAL_H

#include <stdint.h>

void serial_start(void);

/* Characters that can be written now without losing any. */
uint32_t serial_room(void);

/* To be called from the main loop only: the ring has one writer and one reader, hence no lock. What does not fit is dropped. */
void serial_char(char c);
void serial_text(const char *text);
void serial_hex(uint8_t value);
void serial_decimal(uint32_t value);

/* "NAME 0.1.0 build 0123abcd", without a line end. */
void serial_banner(const char *name);

#endif
