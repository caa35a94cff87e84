/* notice-board.c: boards that take notices, answer at once, and tell each other later. */
#include "orrery.h"

typedef struct
{
  OrrKey key;
  OrrValue text;
  guint64 stamp;
} Notice;

static const OrrField notice_fields[] = {
  ORR_FIELD (Notice, key, KEY, .doc = "its place on the board"),
  ORR_FIELD (Notice, text, VALUE, .doc = "what it says"),
  ORR_FIELD (Notice, stamp, NUMBER, .doc = "the boards' count of notices, then who wrote it"),
  { 0 },
};

static void
on_start (OrrNode *node, OrrStart start)
{
  orr_map_init (orr_state (node), sizeof (Notice));
}

static void
pin_up (OrrNode *node, const Notice *notice)
{
  Notice *held = orr_map_put (node, orr_state (node), notice->key);
  if (notice->stamp > held->stamp) /* the newer one stays, in whatever order they come */
    *held = *notice;
}

static void
on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  pin_up (node, body);
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  const OrrStep *step = operation->steps;
  const Notice *held = orr_map_get (orr_state (node), step->key);
  guint64 count = held ? held->stamp >> 8 : 0;
  Notice notice = { step->key, step->value, (count + 1) << 8 | orr_self (node) };
  if (step->kind == ORR_READ)
    orr_complete_value (node, operation->id, held ? held->text : ORR_NIL);
  else if (step->kind == ORR_WRITE)
    {
      pin_up (node, &notice);
      orr_complete_value (node, operation->id, ORR_NIL);
      orr_send (node, !orr_self (node), 0, &notice); /* board 0 tells 1, and 1 tells 0 */
    }
  else
    orr_complete_fail (node, operation->id, "a board takes reads and writes");
}

static void
observe (OrrNode *node)
{
  guint64 key;
  gpointer held;
  for (guint32 place = 0; orr_map_next (orr_state (node), &place, &key, &held);)
    orr_fact (node, 0, &(OrrFactValue){ .key = key, .value = ((Notice *) held)->text });
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "board1");
  orr_layout_add (layout, 0, "board2");
}

static const OrrRecord messages[] = {
  ORR_RECORD ("notice", Notice, notice_fields, .flags = ORR_STREAM, .doc = "tells of a notice"),
  { 0 },
};
static const OrrRecord facts[] = { ORR_FACT_VALUE, { 0 } };
static const OrrRole board = { .name = "board",
                               .state_size = sizeof (OrrMap),
                               .on_start = on_start,
                               .on_message = on_message,
                               .on_request = on_request,
                               .observe = observe };
static const OrrRole *const roles[] = { &board, NULL };

static const OrrModel notice_board = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "notice-board", .summary = "Two boards take notices and tell each other" },
  .messages = messages,
  .facts = facts,
  .roles = roles,
  .layout = layout,
};

ORR_PLUGIN (notice_board);
