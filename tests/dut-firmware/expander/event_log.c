#include "event_log.h"

#include "../common/registers/core.h"
#include "../common/serial.h"

#define RING_SIZE 128u   /* a power of two */
#define LONGEST_LINE 48u /* no line below is longer */

static volatile struct event ring[RING_SIZE];
static volatile uint32_t head; /* written by the I2C interrupts */
static volatile uint32_t tail; /* written by the main loop */
static volatile uint32_t lost; /* counts up in the I2C interrupts */
static uint32_t lost_printed;

void event_log_add(enum event_kind kind, uint32_t a, uint32_t b, uint32_t c)
{
    volatile struct event *slot = &ring[head % RING_SIZE];

    if (head - tail == RING_SIZE) {
        lost++;
        return;
    }

    slot->kind = (uint8_t)kind;
    slot->a = (uint8_t)a;
    slot->b = (uint8_t)b;
    slot->c = (uint8_t)c;
    compiler_barrier();
    head++;
}

static void print_register(const volatile struct event *event, const char *tail_text)
{
    serial_text("reg 0x");
    serial_hex(event->a);
    serial_text(" = 0x");
    serial_hex(event->b);
    serial_text(tail_text);
}

/* "gpio 3: PB12", or port and pin as numbers where no letter fits. */
static void print_pin(const volatile struct event *event, uint32_t pin)
{
    serial_text("gpio ");
    serial_decimal(event->a);
    serial_text(": ");
    if (event->b < 26u) {
        serial_char('P');
        serial_char((char)('A' + event->b));
    } else {
        serial_text("port ");
        serial_decimal(event->b);
        serial_text(" pin ");
    }

    serial_decimal(pin);
}

static void print(const volatile struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_WRITTEN:
        print_register(event, "\n");
        break;
    case EVENT_IGNORED:
        print_register(event, " ignored\n");
        break;
    case EVENT_OUTPUT:
        print_pin(event, event->c & 0x7Fu);
        serial_text(event->c & 0x80u ? " output high\n" : " output low\n");
        break;
    case EVENT_INPUT:
        print_pin(event, event->c);
        serial_text(" input\n");
        break;
    case EVENT_REFUSED:
        print_pin(event, event->c);
        serial_text(" refused, the board needs it\n");
        break;
    case EVENT_NO_PIN:
        print_pin(event, event->c);
        serial_text(" refused, no such pin\n");
        break;
    case EVENT_BUS_ERROR:
        serial_text("i2c error, sr1 bits 0x");
        serial_hex(event->a);
        serial_text("00\n");
        break;
    }
}

bool event_log_ready(void)
{
    return (tail != head || lost != lost_printed) && serial_room() >= LONGEST_LINE;
}

void event_log_print_next(void)
{
    uint32_t missing;

    if (tail != head) {
        print(&ring[tail % RING_SIZE]);
        compiler_barrier();
        tail++;
        return;
    }

    missing = lost - lost_printed;
    lost_printed += missing;
    serial_decimal(missing);
    serial_text(" log lines lost\n");
}
