/* page.c: building reference pages from the tables. */
#include "export/page.h"

static void
clear_block (gpointer data)
{
  OrrBlock *block = data;
  g_free (block->term);
  g_free (block->text);
}

OrrPage *
orr_page_new (const char *name, guint section, const char *summary)
{
  OrrPage *page = g_new (OrrPage, 1);
  *page = (OrrPage){ g_strdup (name), section, g_strdup (summary),
                     g_array_new (FALSE, FALSE, sizeof (OrrBlock)) };
  g_array_set_clear_func (page->blocks, clear_block);
  return page;
}

void
orr_page_free (OrrPage *page)
{
  if (!page)
    return;
  g_array_unref (page->blocks);
  g_free (page->name);
  g_free (page->summary);
  g_free (page);
}

static void
add (OrrPage *page, OrrBlockKind kind, guint depth, const char *term, const char *text)
{
  OrrBlock block = { kind, depth, g_strdup (term), g_strdup (text) };
  g_array_append_val (page->blocks, block);
}

void
orr_page_heading (OrrPage *page, const char *heading)
{
  add (page, ORR_BLOCK_HEADING, 0, NULL, heading);
}

void
orr_page_prose (OrrPage *page, const char *prose)
{
  if (prose && *prose)
    add (page, ORR_BLOCK_PROSE, 0, NULL, prose);
}

void
orr_page_term (OrrPage *page, guint depth, const char *term, const char *prose)
{
  add (page, ORR_BLOCK_TERM, depth, term, prose);
}

void
orr_page_example (OrrPage *page, const char *lines)
{
  add (page, ORR_BLOCK_EXAMPLE, 0, NULL, lines);
}

/* --- From the tables --- */

static char *
scenario_name (const char *name)
{
  GString *text = g_string_new (NULL);
  orr_name_print (name, text);
  return g_string_free (text, FALSE);
}

/* What a field means, how its value is written, and when it may be left out. */
static char *
field_prose (const OrrField *field)
{
  GString *text = g_string_new (field->doc);
  g_string_append (text, text->len > 0 ? ". " : "");
  g_autofree char *form = g_strdup (field->type->form);
  *form = g_ascii_toupper (*form);
  g_string_append_printf (text, "%s.", form);
  if (field->initial && *field->initial)
    g_string_append_printf (text, " Default: `%s`.", field->initial);
  if (field->required)
    g_string_append (text, " Required.");
  if (field->when)
    {
      g_auto (GStrv) words = g_strsplit (field->when, "|", -1);
      g_autofree char *list = g_strjoinv ("`, `", words);
      g_string_append_printf (text, " Only where `%s` is `%s`.", field->tag, list);
    }
  return g_string_free (text, FALSE);
}

void
orr_page_fields (OrrPage *page, guint depth, const OrrField *fields)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autofree char *name = scenario_name (field->name);
      g_autofree char *prose = field_prose (field);
      orr_page_term (page, depth, name, prose);
      for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
        orr_page_term (page, depth + 1, choice->name, choice->doc);
      orr_page_fields (page, depth + 1, field->fields);
    }
}

void
orr_page_records (OrrPage *page, const char *heading, const OrrRecord *records)
{
  if (!records || !records->name)
    return;
  orr_page_heading (page, heading);
  for (; records->name; records++)
    {
      orr_page_term (page, 0, records->name, records->doc);
      orr_page_fields (page, 1, records->fields);
    }
}

void
orr_page_entry (OrrPage *page, const OrrEntry *entry)
{
  g_autofree char *summary = g_strconcat (entry->summary, ".", NULL);
  orr_page_heading (page, entry->name);
  orr_page_prose (page, summary);
  orr_page_prose (page, entry->doc);
  orr_page_fields (page, 0, entry->fields);
}
