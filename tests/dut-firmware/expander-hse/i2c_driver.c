#include "i2c_driver.h"

#include "device.h"
#include "expander.h"
#include "gpio_driver.h"
#include "system.h"

#define PINS 0x00C0u /* PB6 is SCL, PB7 is SDA */
#define EV_PRIORITY 0x10u
#define ER_PRIORITY 0x00u

#define CR1_PE 0x0001u
#define CR1_ACK 0x0400u
#define CR1_SWRST 0x8000u
#define CR2_INTERRUPTS 0x0700u
#define SR1_AF 0x0400u
#define BUS_HZ 100000u

/* SR1 in the lower and SR2 in the upper half, compared whole. */
#define EVENT_MASK 0x00FFFFFFu
#define EVENT_RECEIVER_ADDRESSED 0x00020002u
#define EVENT_BYTE_RECEIVED 0x00020040u
#define EVENT_TRANSMITTER_ADDRESSED 0x00060082u
#define EVENT_BYTE_TRANSMITTING 0x00060080u
#define EVENT_BYTE_TRANSMITTED 0x00060084u
#define EVENT_STOP 0x00000010u

/* What the interrupt handler did not expect, for the debugger. */
volatile uint32_t i2c_strange_event;

void i2c1_event_handler(void);
void i2c1_error_handler(void);

static void software_reset(void)
{
    I2C1->CR1 |= CR1_SWRST;
    I2C1->CR1 &= (uint16_t)~CR1_SWRST;
}

void I2C_Start(void)
{
    GPIO_Init_t pins = {.GPIO_Pin = PINS, .GPIO_Speed = GPIO_Speed_50MHz, .GPIO_Mode = GPIO_Mode_AF_OD};
    Clocks clocks;
    uint32_t megahertz;

    /* Without its clock this does nothing; drivers of this kind do it all the same. */
    software_reset();

    RCC->CFGR = (RCC->CFGR & ~RCC_CFGR_PPRE1) | RCC_CFGR_PPRE1_DIV4;
    RCC->APB2ENR |= APB2_AFIO | APB2_GPIOB;
    RCC->APB1ENR |= APB1_I2C1;
    RCC->APB1RSTR |= APB1_I2C1;
    RCC->APB1RSTR &= ~APB1_I2C1;
    GPIO_Init(GPIOB, &pins);
    software_reset();

    GetClocks(&clocks);
    megahertz = clocks.pclk1 / 1000000u;
    I2C1->CR2 = (uint16_t)((I2C1->CR2 & ~0x3Fu) | megahertz);
    I2C1->CR1 &= (uint16_t)~CR1_PE;
    I2C1->TRISE = (uint16_t)(megahertz + 1u);
    I2C1->CCR = (uint16_t)(clocks.pclk1 / (2u * BUS_HZ));
    I2C1->OAR1 = (uint16_t)(0x4000u | (I2C_OWN_ADDRESS << 1));
    I2C1->CR1 = (uint16_t)((I2C1->CR1 & 0xFBF5u) | CR1_ACK);
    I2C1->CR1 |= CR1_PE;
    I2C1->CR2 |= CR2_INTERRUPTS;

    NVIC_IPR[IRQ_I2C1_EV] = EV_PRIORITY;
    NVIC_IPR[IRQ_I2C1_ER] = ER_PRIORITY;
    NVIC_ISER[IRQ_I2C1_EV >> 5] = 1u << (IRQ_I2C1_EV & 31u);
    NVIC_ISER[IRQ_I2C1_ER >> 5] = 1u << (IRQ_I2C1_ER & 31u);
}

void i2c1_event_handler(void)
{
    uint32_t flags = I2C1->SR1;
    uint32_t event = (flags | ((uint32_t)I2C1->SR2 << 16)) & EVENT_MASK;

    switch (event) {
    case EVENT_RECEIVER_ADDRESSED:
        expander_begin_write();
        break;
    case EVENT_BYTE_RECEIVED:
        expander_receive((uint8_t)I2C1->DR);
        break;
    case EVENT_TRANSMITTER_ADDRESSED:
    case EVENT_BYTE_TRANSMITTED:
        /* The master waits meanwhile: the clock is held low until DR has a byte. */
        I2C1->DR = expander_next();
        break;
    case EVENT_BYTE_TRANSMITTING:
        /* TXE stays set until the byte is on its way: the interrupt comes again at once, and again. */
        break;
    case EVENT_STOP:
        I2C1->CR1 |= CR1_PE;
        break;
    default:
        i2c_strange_event = event;
        break;
    }
}

void i2c1_error_handler(void)
{
    if ((I2C1->SR1 & SR1_AF) != 0u) {
        I2C1->SR1 &= (uint16_t)~SR1_AF;
    }
}
