/* death.h: the story of a run that dies, for a user who has to find out why. */
#pragma once

#include "sim/subject.h"

typedef struct
{
  const SubjectDeath *death;
  const OrrTrace *trace; /* of what it did before; NULL: nothing */
  const char *name;      /* of the scenario, as the user called it */
  const char *run;       /* the command that makes the run again */
  const char *again;     /* and the one that tells this again */
} DeathStory;

void death_tell (const DeathStory *story);
void death_tell_json (const DeathStory *story);
