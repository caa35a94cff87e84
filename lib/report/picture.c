/* picture.c: places the bars of a picture, and draws them.
 *
 * Each moment at which something begins or ends has a column, in the order of the moments. A column lies as
 * far to the right as the labels of the bars that end there need. Where all that is too wide the operations'
 * names stand for their steps, and then nothing does. */
#include "report/picture.h"

#include "history/format.h"

#include <string.h>

/* Of a history with no more operations all are drawn. */
#define AROUND_MAX 10

/* Where on the axis: of one time first what ends, then what begins. */
typedef gint64 Moment;

typedef struct
{
  Moment begin, end; /* the same: it takes no time */
  guint owner;       /* session, or node behind all sessions */
  guint lane;        /* what overlaps lies in several lanes of its owner */
  guint order;
  gboolean is_marked, is_open, is_point;
  char *text, *id;
  const char *label; /* one of them, or nothing */
  guint left, right; /* columns */
} Bar;

typedef struct
{
  const OrrHistory *history;
  GArray *bars;    /* Bar, by begin */
  GArray *moments; /* Moment */
  GArray *columns; /* guint, of each */
  GArray *rows;    /* Row */
  guint name_width;
} Picture;

typedef struct
{
  guint owner, lane;
} Row;

static Moment
moment_of (OrrTime time, gboolean begins)
{
  return CLAMP (time, G_MININT64 / 4, G_MAXINT64 / 4) * 2 + begins;
}

static OrrTime
time_of (Moment moment)
{
  return (moment - (moment & 1)) / 2;
}

static Bar *
get_bar (const Picture *picture, guint index)
{
  return &g_array_index (picture->bars, Bar, index);
}

static void
clear_bar (gpointer data)
{
  Bar *bar = data;
  g_free (bar->text);
  g_free (bar->id);
}

static guint
width_of (const char *text)
{
  return (guint) g_utf8_strlen (text, -1);
}

/* --- What is drawn --- */

static char *
steps_of (const OrrHistory *history, const OrrHistoryOperation *operation)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < operation->n_steps; i++)
    {
      gboolean answered = operation->outcome == ORR_OK && operation->values
                          && orr_step_infos[operation->steps[i].kind].reads;
      if (i > 0)
        g_string_append (text, "; ");
      orr_step_print (&operation->steps[i], answered ? &operation->values[i] : NULL, history->terms, text);
    }
  return g_string_free (text, FALSE);
}

static void
add_operation (Picture *picture, guint index, gboolean is_marked)
{
  const OrrHistory *history = picture->history;
  const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, index);
  Bar bar = { .begin = moment_of (operation->invoked, TRUE),
              .owner = operation->session,
              .order = index,
              .is_marked = is_marked,
              .is_open = operation->outcome == ORR_UNKNOWN || operation->completed == ORR_TIME_NEVER,
              .text = steps_of (history, operation),
              .id = g_strdup (operation->id) };
  bar.end = operation->completed > operation->invoked ? moment_of (operation->completed, FALSE) : bar.begin;
  if (history->timeless) /* the order within sessions is all there is: they stand side by side */
    {
      bar.begin = 0;
      for (guint i = 0; i < picture->bars->len; i++)
        if (get_bar (picture, i)->owner == bar.owner)
          bar.begin = get_bar (picture, i)->end + 1;
      bar.end = bar.begin;
    }
  g_array_append_val (picture->bars, bar);
}

static void
add_fact (Picture *picture, guint index)
{
  const OrrHistoryFact *fact = &g_array_index (picture->history->facts, OrrHistoryFact, index);
  OrrContext context = orr_history_context (picture->history);
  GString *text = g_string_new (NULL);
  orr_name_print (fact->fact->name, text);
  if (fact->fact->fields)
    g_string_append_c (text, ' ');
  orr_fields_print_words (fact->fact->fields, &context, fact->body, text);
  Bar bar = { .begin = moment_of (fact->time, TRUE),
              .end = moment_of (fact->time, TRUE),
              .owner = picture->history->n_sessions + fact->node,
              .order = index,
              .is_marked = TRUE,
              .is_point = TRUE,
              .text = g_string_free (text, FALSE),
              .id = g_strdup (fact->fact->name) };
  g_array_append_val (picture->bars, bar);
}

static gboolean
is_witness (const OrrVerdict *verdict, guint operation)
{
  for (guint i = 0; i < verdict->n_witness; i++)
    if (verdict->witness[i] == operation)
      return TRUE;
  return FALSE;
}

static gint
compare_bars (gconstpointer a, gconstpointer b)
{
  const Bar *left = a, *right = b;
  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return left->order < right->order ? -1 : left->order > right->order;
}

static void
add_bars (Picture *picture, const OrrVerdict *verdict)
{
  gboolean all = verdict->n_witness > 0 && picture->history->operations->len <= AROUND_MAX;
  for (guint i = 0; i < picture->history->operations->len; i++)
    if (all || is_witness (verdict, i))
      add_operation (picture, i, is_witness (verdict, i));
  for (guint i = 0; i < verdict->n_facts; i++)
    add_fact (picture, verdict->facts[i]);
  g_array_sort (picture->bars, compare_bars);
}

/* --- Where --- */

static gboolean
is_lane_free (const Picture *picture, const Bar *bar, guint index)
{
  for (guint i = 0; i < index; i++)
    {
      const Bar *other = get_bar (picture, i);
      if (other->owner == bar->owner && other->lane == bar->lane
          && (other->is_open || other->end >= bar->begin))
        return FALSE;
    }
  return TRUE;
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *left = a, *right = b;
  if (left->owner != right->owner)
    return left->owner < right->owner ? -1 : 1;
  return left->lane < right->lane ? -1 : left->lane > right->lane;
}

static void
find_rows (Picture *picture)
{
  for (guint i = 0; i < picture->bars->len; i++)
    {
      Bar *bar = get_bar (picture, i);
      for (bar->lane = 0; !is_lane_free (picture, bar, i);)
        bar->lane++;
      Row row = { bar->owner, bar->lane };
      gboolean known = FALSE;
      for (guint r = 0; r < picture->rows->len; r++)
        known |= compare_rows (&g_array_index (picture->rows, Row, r), &row) == 0;
      if (!known)
        g_array_append_val (picture->rows, row);
    }
  g_array_sort (picture->rows, compare_rows);
}

static void
add_moment (Picture *picture, Moment moment)
{
  guint place = 0;
  while (place < picture->moments->len && g_array_index (picture->moments, Moment, place) < moment)
    place++;
  if (place == picture->moments->len || g_array_index (picture->moments, Moment, place) != moment)
    g_array_insert_val (picture->moments, place, moment);
}

static guint
bar_width (const Bar *bar)
{
  return bar->is_point ? 1 + width_of (bar->label) : MAX (width_of (bar->label), 1) + 2;
}

static gboolean
share_row (const Bar *a, const Bar *b)
{
  return a->owner == b->owner && a->lane == b->lane;
}

/* The column of a moment: behind the one before, behind what lies before in its rows, and as far as labels
 * need. */
static guint
find_column (const Picture *picture, Moment moment, guint column)
{
  for (guint i = 0; i < picture->bars->len; i++)
    {
      const Bar *bar = get_bar (picture, i);
      if (bar->end == moment && bar->begin < moment && !bar->is_open)
        column = MAX (column, bar->right);
      for (guint j = 0; j < i && bar->begin == moment; j++)
        if (share_row (get_bar (picture, j), bar))
          column = MAX (column, get_bar (picture, j)->right + 2);
    }
  return column;
}

/* Returns how many columns it takes. */
static guint
place_bars (Picture *picture)
{
  guint width = 0;
  g_array_set_size (picture->columns, 0);
  for (guint i = 0, next = 0; i < picture->moments->len; i++)
    {
      Moment moment = g_array_index (picture->moments, Moment, i);
      guint column = find_column (picture, moment, next);
      g_array_append_val (picture->columns, column);
      next = column + 1;
      for (guint b = 0; b < picture->bars->len; b++)
        {
          Bar *bar = get_bar (picture, b);
          if (bar->begin == moment)
            {
              bar->left = column;
              bar->right = column + bar_width (bar) - 1;
            }
          else if (bar->end == moment && !bar->is_open)
            bar->right = column;
          if (bar->begin <= moment)
            width = MAX (width, bar->right + 1);
        }
    }
  for (guint i = 0; i < picture->bars->len; i++)
    if (get_bar (picture, i)->is_open)
      get_bar (picture, i)->right = width - 1;
  return width;
}

/* --- Drawing --- */

static void
fill (GString *text, char mark, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, mark);
}

static void
draw_bar (const Bar *bar, GString *text)
{
  if (bar->is_point)
    {
      g_string_append_printf (text, "*%s", bar->label);
      return;
    }
  guint room = bar->right - bar->left - 1;
  g_string_append_printf (text, "%c%s", bar->is_marked ? '[' : '|', bar->label);
  fill (text, bar->is_marked ? '=' : '-', room - width_of (bar->label));
  g_string_append_c (text, bar->is_open ? '>' : bar->is_marked ? ']' : '|');
}

static const char *
row_name (const Picture *picture, const Row *row)
{
  guint owner = row->owner, n = picture->history->n_sessions;
  if (row->lane > 0)
    return "";
  return owner < n ? picture->history->session_names[owner] : picture->history->node_names[owner - n];
}

static void
draw_row (const Picture *picture, const Row *row, guint indent, GString *text)
{
  const char *name = row_name (picture, row);
  guint column = 0;
  fill (text, ' ', indent);
  g_string_append (text, name);
  fill (text, ' ', picture->name_width - width_of (name) + 2);
  for (guint i = 0; i < picture->bars->len; i++)
    {
      const Bar *bar = get_bar (picture, i);
      if (bar->owner != row->owner || bar->lane != row->lane)
        continue;
      fill (text, ' ', bar->left - column);
      draw_bar (bar, text);
      column = bar->right + 1;
    }
  g_string_append_c (text, '\n');
}

/* Histories from elsewhere may know the order alone. */
static gboolean
draws_times (const OrrHistory *history)
{
  return !history->timeless && (!history->source || history->source->times == ORR_TIMES_REAL);
}

typedef struct
{
  guint column;
  char *text;
} Tick;

static void
clear_tick (gpointer data)
{
  g_free (((Tick *) data)->text);
}

/* A time at its column, where it has room between those that are there. */
static void
add_tick (GArray *ticks, Moment moment, guint column, guint width)
{
  g_autoptr (GString) label = g_string_new (NULL);
  guint place = 0;
  orr_history_print_moment (time_of (moment), label);
  while (place < ticks->len && g_array_index (ticks, Tick, place).column < column)
    place++;
  guint end = column + (guint) label->len;
  const Tick *before = place > 0 ? &g_array_index (ticks, Tick, place - 1) : NULL;
  guint limit = place < ticks->len ? g_array_index (ticks, Tick, place).column : width + 1;
  if (end >= limit
      || (before
          && (before->column + strlen (before->text) >= column || strcmp (before->text, label->str) == 0)))
    return;
  Tick tick = { column, g_strdup (label->str) };
  g_array_insert_val (ticks, place, tick);
}

/* When things begin is told first, when they end where there is room. */
static void
draw_axis (const Picture *picture, guint indent, guint width, GString *text)
{
  guint at = 0;
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (Tick));
  g_array_set_clear_func (ticks, clear_tick);
  for (guint ends = 0; ends < 2; ends++)
    for (guint i = 0; i < picture->moments->len; i++)
      {
        Moment moment = g_array_index (picture->moments, Moment, i);
        if ((moment & 1) != (Moment) ends)
          add_tick (ticks, moment, g_array_index (picture->columns, guint, i), width);
      }
  fill (text, ' ', indent + picture->name_width + 2);
  for (guint i = 0; i < ticks->len; i++)
    {
      const Tick *tick = &g_array_index (ticks, Tick, i);
      fill (text, ' ', tick->column - at);
      g_string_append (text, tick->text);
      at = tick->column + (guint) strlen (tick->text);
    }
  g_string_append_c (text, '\n');
}

/* --- The whole --- */

static void
use_labels (Picture *picture, guint which)
{
  for (guint i = 0; i < picture->bars->len; i++)
    {
      Bar *bar = get_bar (picture, i);
      bar->label = which == 0 ? bar->text : which == 1 ? bar->id : "";
    }
}

static void
draw (Picture *picture, guint indent, guint width, GString *text)
{
  find_rows (picture);
  for (guint i = 0; i < picture->bars->len; i++)
    {
      add_moment (picture, get_bar (picture, i)->begin);
      if (!get_bar (picture, i)->is_open)
        add_moment (picture, get_bar (picture, i)->end);
    }
  for (guint i = 0; i < picture->rows->len; i++)
    picture->name_width
        = MAX (picture->name_width, width_of (row_name (picture, &g_array_index (picture->rows, Row, i))));
  guint taken = indent + picture->name_width + 2;
  for (guint which = 0; which < 3 && taken < width; which++)
    {
      use_labels (picture, which);
      if (place_bars (picture) > width - taken)
        continue;
      for (guint i = 0; i < picture->rows->len; i++)
        draw_row (picture, &g_array_index (picture->rows, Row, i), indent, text);
      if (draws_times (picture->history))
        draw_axis (picture, indent, width - taken, text);
      return;
    }
}

void
orr_picture_print (const OrrHistory *history, const OrrVerdict *verdict, guint indent, guint width,
                   GString *text)
{
  Picture picture = { .history = history,
                      .bars = g_array_new (FALSE, FALSE, sizeof (Bar)),
                      .moments = g_array_new (FALSE, FALSE, sizeof (OrrTime)),
                      .columns = g_array_new (FALSE, FALSE, sizeof (guint)),
                      .rows = g_array_new (FALSE, FALSE, sizeof (Row)) };
  g_array_set_clear_func (picture.bars, clear_bar);
  if (verdict->n_witness + verdict->n_facts > 1)
    {
      add_bars (&picture, verdict);
      draw (&picture, indent, width, text);
    }
  g_array_unref (picture.bars);
  g_array_unref (picture.moments);
  g_array_unref (picture.columns);
  g_array_unref (picture.rows);
}
