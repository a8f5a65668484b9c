/* Serial port: RM0008 27.6. */
#ifndef USART_H
#define USART_H

#include <stdint.h>

struct usart {
    volatile uint32_t sr;
    volatile uint32_t dr;
    volatile uint32_t brr;
    volatile uint32_t cr1;
};

#define USART1 ((struct usart *)0x40013800u)

#define USART_SR_TXE (1u << 7)
#define USART_CR1_TE (1u << 3)
#define USART_CR1_TXEIE (1u << 7)
#define USART_CR1_UE (1u << 13)

#endif
