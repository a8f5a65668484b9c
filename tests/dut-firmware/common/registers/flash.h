/* Flash interface, as far as reading goes: RM0008 3.3.3. */
#ifndef FLASH_H
#define FLASH_H

#include <stdint.h>

#define FLASH_ACR (*(volatile uint32_t *)0x40022000u)
#define FLASH_ACR_TWO_WAIT_STATES 2u /* 48 MHz to 72 MHz */
#define FLASH_ACR_PREFETCH (1u << 4)

#endif
