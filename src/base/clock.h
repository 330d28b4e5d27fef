/*
 * The time of day is for people; the program measures with a clock that
 * only goes forward.
 */
#ifndef LSTMTUI_BASE_CLOCK_H
#define LSTMTUI_BASE_CLOCK_H

/* Seconds since some moment in the past; never less than the last time. */
double clock_seconds(void);

#endif
