/*
 * Signals that ask the program to end. Their handlers only set a flag, which
 * the loops look at; what is to be done is done there.
 */
#ifndef LSTMTUI_BASE_SIGNALS_H
#define LSTMTUI_BASE_SIGNALS_H

/* Catch SIGINT, SIGTERM and SIGHUP; let writes fail rather than SIGPIPE. */
void signals_catch(void);

/* The last signal that was caught, or 0. */
int signals_caught(void);

#endif
