/* Pins configured through a structure, pin by pin, as vendor drivers do it. */
#ifndef GPIO_DRIVER_H
#define GPIO_DRIVER_H

#include "device.h"

/* The upper nibble is CNF, the lower one a flag: 1 for inputs that want a pull-down, 2 for a pull-up. */
typedef enum {
    GPIO_Mode_IN_FLOATING = 0x04,
    GPIO_Mode_IPD = 0x28,
    GPIO_Mode_IPU = 0x48,
    GPIO_Mode_Out_PP = 0x10,
    GPIO_Mode_AF_PP = 0x18,
    GPIO_Mode_AF_OD = 0x1C,
} GPIOMode;

typedef enum { GPIO_Speed_2MHz = 2, GPIO_Speed_50MHz = 3 } GPIOSpeed;

typedef struct {
    uint16_t GPIO_Pin; /* a bit for each pin */
    GPIOSpeed GPIO_Speed;
    GPIOMode GPIO_Mode;
} GPIO_Init_t;

void GPIO_Init(GPIO_Registers *port, const GPIO_Init_t *init);

#endif
