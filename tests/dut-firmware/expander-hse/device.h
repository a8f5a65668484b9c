/* Register layout of the STM32F103 as vendor headers have it: I2C and USART registers are half-words with a hole after each (RM0008). */
#ifndef DEVICE_H
#define DEVICE_H

#include <stdint.h>

#define IO volatile

typedef struct {
    IO uint32_t CR, CFGR, CIR, APB2RSTR, APB1RSTR, AHBENR, APB2ENR, APB1ENR, BDCR, CSR;
} RCC_Registers;

typedef struct {
    IO uint32_t CRL, CRH, IDR, ODR, BSRR, BRR, LCKR;
} GPIO_Registers;

#define HALF(name) \
    IO uint16_t name; \
    uint16_t name##_HOLE

typedef struct {
    HALF(CR1);
    HALF(CR2);
    HALF(OAR1);
    HALF(OAR2);
    HALF(DR);
    HALF(SR1);
    HALF(SR2);
    HALF(CCR);
    HALF(TRISE);
} I2C_Registers;

typedef struct {
    HALF(SR);
    HALF(DR);
    HALF(BRR);
    HALF(CR1);
    HALF(CR2);
    HALF(CR3);
    HALF(GTPR);
} USART_Registers;

#define RCC ((RCC_Registers *)0x40021000u)
#define GPIOA ((GPIO_Registers *)0x40010800u)
#define GPIOB ((GPIO_Registers *)0x40010C00u)
#define GPIOC ((GPIO_Registers *)0x40011000u)
#define I2C1 ((I2C_Registers *)0x40005400u)
#define USART1 ((USART_Registers *)0x40013800u)
#define AFIO_MAPR (*(IO uint32_t *)0x40010004u)
#define FLASH_ACR (*(IO uint32_t *)0x40022000u)

#define SYSTICK_CTRL (*(IO uint32_t *)0xE000E010u)
#define SYSTICK_LOAD (*(IO uint32_t *)0xE000E014u)
#define SYSTICK_VAL (*(IO uint32_t *)0xE000E018u)
#define SCB_AIRCR (*(IO uint32_t *)0xE000ED0Cu)
#define SCB_SHPR ((IO uint8_t *)0xE000ED18u)
#define NVIC_ISER ((IO uint32_t *)0xE000E100u)
#define NVIC_IPR ((IO uint8_t *)0xE000E400u)

#define RCC_CR_HSION 0x00000001u
#define RCC_CR_HSEON 0x00010000u
#define RCC_CR_HSERDY 0x00020000u
#define RCC_CR_PLLON 0x01000000u
#define RCC_CR_PLLRDY 0x02000000u
#define RCC_CFGR_SW 0x00000003u
#define RCC_CFGR_SW_PLL 0x00000002u
#define RCC_CFGR_SWS 0x0000000Cu
#define RCC_CFGR_SWS_PLL 0x00000008u
#define RCC_CFGR_PPRE1 0x00000700u
#define RCC_CFGR_PPRE1_DIV2 0x00000400u
#define RCC_CFGR_PPRE1_DIV4 0x00000500u
#define RCC_CFGR_PLL 0x003F0000u
#define RCC_CFGR_PLL_HSE_9 0x001D0000u

#define APB2_AFIO 0x0001u
#define APB2_GPIOA 0x0004u
#define APB2_GPIOB 0x0008u
#define APB2_GPIOC 0x0010u
#define APB2_USART1 0x4000u
#define APB1_I2C1 0x00200000u

#define IRQ_I2C1_EV 31u
#define IRQ_I2C1_ER 32u
#define IRQ_USART1 37u

#endif
