/*
 * What the I2C interrupt has to tell, handed to the main loop as four bytes: turning it into text there keeps the interrupt
 * short, so the bus is never held for the sake of a log line.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
    EVENT_WRITTEN,   /* a: register, b: value */
    EVENT_IGNORED,   /* a: register, b: value */
    EVENT_OUTPUT,    /* a: gpio, b: port, c: pin and level << 7 */
    EVENT_INPUT,     /* a: gpio, b: port, c: pin */
    EVENT_REFUSED,   /* a: gpio, b: port, c: pin; the pin is needed by the board */
    EVENT_NO_PIN,    /* a: gpio, b: port, c: pin; the chip has no such pin */
    EVENT_BUS_ERROR, /* a: bits 15..8 of I2C_SR1 */
};

struct event {
    uint8_t kind;
    uint8_t a;
    uint8_t b;
    uint8_t c;
};

/* From the I2C interrupts only (one priority, so one writer). When the ring is full the event is counted as lost. */
void event_log_add(enum event_kind kind, uint32_t a, uint32_t b, uint32_t c);

/* For the main loop: is there something to print, and room for it in the serial ring? If so, print one line. */
bool event_log_ready(void);
void event_log_print_next(void);

#endif
