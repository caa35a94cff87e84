/* event-store.h: what the files of this model share. */
#pragma once

#include "engine/vector.h"

#define STORES_MAX 64

typedef enum
{
  DELIVERY_CAUSAL,    /* an event waits until all events of its past are there */
  DELIVERY_IMMEDIATE, /* it is shown when it comes */
} Delivery;

typedef struct
{
  guint32 stores;
  gint32 delivery;
  gboolean push;
  OrrTime exchange;
} Options;

/* Something that happened, and what its store knew then. */
typedef struct
{
  OrrKey topic;
  OrrValue event;
  OrrDot dot;      /* at which store, as its how-manieth */
  OrrVector clock; /* all events of its past, and the dot */
} Event;

typedef struct
{
  guint64 state;   /* which of the asker's states that is */
  OrrVector since; /* what it has */
  gboolean back;   /* it was asked itself just now */
} Ask;

typedef struct
{
  guint64 state; /* as it was asked */
  gboolean same; /* neither of the two had anything that the other had not */
} Answered;

enum
{
  MESSAGE_EVENT,
  MESSAGE_ASK,
  MESSAGE_ANSWERED,
};

enum
{
  TIMER_EXCHANGE,
  TIMER_EXCHANGE_IDLE,
};

enum
{
  SYNC_APPEND,
  SYNC_RECOVERY,
};

enum
{
  LOG_EVENTS
};

enum
{
  FACT_DELIVERED,
  FACT_VALUE,
};

typedef enum
{
  BUG_CONCURRENT_WITHHELD,
} Bug;

extern const OrrRole store_role;
