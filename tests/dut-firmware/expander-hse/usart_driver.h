#ifndef USART_DRIVER_H
#define USART_DRIVER_H

void USART_Start(void);

/* Formats %s, %c, %u, %x and %02x into the transmit ring. May be called from any interrupt; what does not fit is dropped. */
void debug_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Called every 5 ms: text that was received comes back once the line has been silent for 50 ms. */
void USART_Poll(void);

#endif
