/* The register file that the bus master sees; README.md has the table. */
#ifndef REGISTER_MAP_H
#define REGISTER_MAP_H

#include <stdint.h>

/* A write transfer begins: its first byte is the register number. */
void register_map_begin_write(void);

/* A byte of a write transfer. */
void register_map_receive(uint8_t byte);

/* The next byte of a read transfer. */
uint8_t register_map_next(void);

/* Takes the last register_map_next back: its byte was prepared but not sent. */
void register_map_unread(void);

#endif
