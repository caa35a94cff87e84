/* story.h: a litmus test, told step by step. Not installed.
 *
 * What clients asked and were told, and between that, at its time, what the nodes said of themselves: that a write arrived, how they voted,
 * where a read was sent. What every model says of its versions and values is left out: the operations tell that. */
#pragma once

#include "history/history.h"

G_BEGIN_DECLS

/* Up to so many operations are told one by one. */
#define ORR_STORY_MAX 40

/* A line each, in the order of time; between two operations no more than a few facts, and how many more there were. */
void orr_story_print (const OrrHistory *history, GString *text);

/* What its lines mean that are not operations; NULL where there are none. */
const char *orr_story_legend (const OrrHistory *history);

G_END_DECLS
