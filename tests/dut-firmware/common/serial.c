#include "serial.h"

#include "build_id.h"
#include "clock.h"
#include "registers/core.h"
#include "registers/gpio.h"
#include "registers/rcc.h"
#include "registers/usart.h"
#include "version.h"

#define BAUD 115200u
#define TX_PIN 9u
#define PRIORITY 0x80u

#define RING_SIZE 512u /* a power of two */

static volatile char ring[RING_SIZE];
static volatile uint32_t head; /* written by the main loop */
static volatile uint32_t tail; /* written by the interrupt */

void usart1_handler(void);

void serial_start(void)
{
    RCC->apb2enr |= RCC_APB2_GPIOA | RCC_APB2_USART1;
    pin_mode(PORT_A, TX_PIN, PIN_ALTERNATE_PUSH_PULL_50MHZ);

    /* BRR is the divider in sixteenths, that is clock / baud, rounded: 556, or 115108 baud (0.1 % slow). */
    USART1->brr = (CLOCK_APB2_HZ + BAUD / 2u) / BAUD;
    USART1->cr1 = USART_CR1_UE | USART_CR1_TE;
    irq_enable(IRQ_USART1, PRIORITY);
}

uint32_t serial_room(void)
{
    return RING_SIZE - (head - tail);
}

void serial_char(char c)
{
    if (serial_room() == 0u) {
        return;
    }

    ring[head % RING_SIZE] = c;
    compiler_barrier();
    head++;

    /* If the interrupt empties the ring between the load and the store here, it is entered once more and switches itself off again. */
    USART1->cr1 |= USART_CR1_TXEIE;
}

void usart1_handler(void)
{
    if ((USART1->sr & USART_SR_TXE) == 0u) {
        return;
    }

    if (tail == head) {
        USART1->cr1 &= ~USART_CR1_TXEIE;
        return;
    }

    USART1->dr = (uint8_t)ring[tail % RING_SIZE];
    compiler_barrier();
    tail++;
}

void serial_text(const char *text)
{
    while (*text != '\0') {
        serial_char(*text++);
    }
}

void serial_hex(uint8_t value)
{
    static const char digits[] = "0123456789abcdef";

    serial_char(digits[value >> 4]);
    serial_char(digits[value & 0xFu]);
}

void serial_decimal(uint32_t value)
{
    char digits[10];
    uint32_t count = 0u;

    do {
        digits[count++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);

    while (count != 0u) {
        serial_char(digits[--count]);
    }
}

void serial_banner(const char *name)
{
    serial_text(name);
    serial_char(' ');
    serial_decimal(VERSION_MAJOR);
    serial_char('.');
    serial_decimal(VERSION_MINOR);
    serial_char('.');
    serial_decimal(VERSION_PATCH);
    serial_text(" build ");
    for (uint32_t index = 0u; index < BUILD_ID_SHOWN; index++) {
        serial_hex(build_id_byte(index));
    }
}
