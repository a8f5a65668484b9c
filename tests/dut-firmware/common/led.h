/* The board's LED on PC13, lit when the pin is low. */
#ifndef LED_H
#define LED_H

#define LED_PORT 2u
#define LED_PIN 13u

void led_start(void);
void led_toggle(void);

#endif
