#include "usart_driver.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "device.h"
#include "gpio_driver.h"
#include "system.h"

#define TX_PIN 0x0200u
#define RX_PIN 0x0400u
#define PRIORITY 0x50u
#define BAUD 115200u

#define SR_RXNE 0x0020u
#define SR_TXE 0x0080u
#define CR1_RE_TE 0x000Cu
#define CR1_RXNEIE 0x0020u
#define CR1_TXEIE 0x0080u
#define CR1_UE 0x2000u

#define TX_SIZE 1024u
#define RX_SIZE 64u
#define SILENT_POLLS 10u

static char tx_ring[TX_SIZE];
static volatile uint32_t tx_in;
static volatile uint32_t tx_out;
static char rx_text[RX_SIZE];
static volatile uint32_t rx_count;
static volatile uint32_t rx_silence;

void usart1_handler(void);

/* The fraction is worked out in hundredths, as the vendor's driver does. */
static uint16_t baud_register(uint32_t clock)
{
    uint32_t hundredths = (25u * clock) / (4u * BAUD);
    uint32_t mantissa = hundredths / 100u;
    uint32_t fraction = ((hundredths - 100u * mantissa) * 16u + 50u) / 100u;

    return (uint16_t)((mantissa << 4) | (fraction & 0x0Fu));
}

void USART_Start(void)
{
    GPIO_Init_t pin = {.GPIO_Pin = TX_PIN, .GPIO_Speed = GPIO_Speed_50MHz, .GPIO_Mode = GPIO_Mode_AF_PP};
    Clocks clocks;

    RCC->APB2ENR |= APB2_AFIO | APB2_GPIOA | APB2_USART1;
    GPIO_Init(GPIOA, &pin);
    pin.GPIO_Pin = RX_PIN;
    pin.GPIO_Mode = GPIO_Mode_IPD;
    GPIO_Init(GPIOA, &pin);

    USART1->CR2 &= (uint16_t)~0x3000u;
    USART1->CR1 = (uint16_t)((USART1->CR1 & ~0x160Cu) | CR1_RE_TE);
    USART1->CR3 &= (uint16_t)~0x0300u;
    GetClocks(&clocks);
    USART1->BRR = baud_register(clocks.pclk2);
    USART1->CR1 |= CR1_RXNEIE;
    USART1->CR1 |= CR1_UE;
    NVIC_IPR[IRQ_USART1] = PRIORITY;
    NVIC_ISER[IRQ_USART1 >> 5] = 1u << (IRQ_USART1 & 31u);
}

static void put(char c)
{
    uint32_t next = (tx_in + 1u) % TX_SIZE;

    if (next != tx_out) {
        tx_ring[tx_in] = c;
        tx_in = next;
    }
}

static void put_number(uint32_t value, uint32_t base, uint32_t digits)
{
    char text[10];
    uint32_t count = 0u;

    do {
        text[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0u || count < digits);

    while (count != 0u) {
        put(text[--count]);
    }
}

static void put_text(const char *text)
{
    while (*text != '\0') {
        put(*text++);
    }
}

void debug_printf(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    for (; *format != '\0'; format++) {
        uint32_t digits = 1u;

        if (*format != '%') {
            put(*format);
            continue;
        }

        format++;
        if (format[0] == '0' && format[1] == '2') {
            digits = 2u;
            format += 2;
        }

        switch (*format) {
        case 's':
            put_text(va_arg(arguments, const char *));
            break;
        case 'c':
            put((char)va_arg(arguments, int));
            break;
        case 'u':
            put_number(va_arg(arguments, unsigned), 10u, digits);
            break;
        default:
            put_number(va_arg(arguments, unsigned), 16u, digits);
            break;
        }
    }

    va_end(arguments);

    /* While there is something to send, nothing is received: this is how the code of this kind behaves. */
    USART1->CR1 &= (uint16_t)~CR1_RXNEIE;
    USART1->CR1 |= CR1_TXEIE;
}

void usart1_handler(void)
{
    uint16_t control = USART1->CR1;

    if ((control & CR1_RXNEIE) != 0u && (USART1->SR & SR_RXNE) != 0u) {
        char c = (char)USART1->DR;

        rx_silence = 0u;
        if (rx_count < RX_SIZE - 1u) {
            rx_text[rx_count++] = c;
        }
    }

    if ((control & CR1_TXEIE) != 0u && (USART1->SR & SR_TXE) != 0u) {
        if (tx_out == tx_in) {
            USART1->CR1 &= (uint16_t)~CR1_TXEIE;
            USART1->CR1 |= CR1_RXNEIE;
        } else {
            USART1->DR = (uint8_t)tx_ring[tx_out];
            tx_out = (tx_out + 1u) % TX_SIZE;
        }
    }
}

void USART_Poll(void)
{
    if (rx_count != 0u && ++rx_silence >= SILENT_POLLS) {
        rx_text[rx_count] = '\0';
        debug_printf("received: %s\n", rx_text);
        rx_count = 0u;
        rx_silence = 0u;
    }
}
