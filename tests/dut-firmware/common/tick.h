#ifndef TICK_H
#define TICK_H

#define TICK_MILLISECONDS 50u

/* SysTick then calls systick_handler every TICK_MILLISECONDS, at the lowest priority. */
void tick_start(void);

#endif
