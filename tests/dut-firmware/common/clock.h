/* 64 MHz from the internal oscillator: 8 MHz / 2 * 16. No crystal is needed. */
#ifndef CLOCK_H
#define CLOCK_H

#define CLOCK_HZ 64000000u
#define CLOCK_APB1_HZ (CLOCK_HZ / 2u) /* at most 36 MHz is allowed */
#define CLOCK_APB2_HZ CLOCK_HZ

void clock_start(void);

#endif
