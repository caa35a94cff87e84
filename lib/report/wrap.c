/* wrap.c: breaks prose into lines.
 *
 * What a scenario or a model says of itself is Markdown. A report shows it nearly as it stands: paragraphs
 * are filled anew to the width of the page, while items of lists and lines of code keep their places. */
#include "report/wrap.h"

#include "base/problems.h"

#include <string.h>

/* A line of code in Markdown begins with so many blanks. */
#define CODE "    "

typedef struct
{
  GString *text;
  guint column;   /* where the next character goes */
  gboolean empty; /* the line has no word yet */
} Page;

static void
end_line (Page *page)
{
  g_string_append_c (page->text, '\n');
  page->column = 0;
  page->empty = TRUE;
}

static void
add_blanks (Page *page, guint n)
{
  g_string_append_printf (page->text, "%*s", (int) n, "");
  page->column += n;
}

/* A word that is wider than the page has a line to itself. What a terminal would obey is shown instead. */
static void
add_word (Page *page, const char *word, guint indent)
{
  g_autofree char *shown = orr_one_line (word);
  guint width = (guint) g_utf8_strlen (shown, -1);
  if (!page->empty && page->column + 1 + width > ORR_LINE_WIDTH)
    end_line (page);
  if (page->empty && page->column <= indent)
    add_blanks (page, indent - page->column);
  else
    add_blanks (page, 1);
  g_string_append (page->text, shown);
  page->column += width;
  page->empty = FALSE;
}

static void
add_line (Page *page, const char *line, guint indent)
{
  g_auto (GStrv) words = g_strsplit_set (line, " \t", -1);
  for (char **word = words; *word; word++)
    if (**word)
      add_word (page, *word, indent);
}

static void
add_code (Page *page, const char *line, guint indent)
{
  add_blanks (page, page->column < indent ? indent - page->column : 0);
  g_autofree char *shown = orr_one_line (line);
  g_string_append (page->text, shown);
  end_line (page);
}

void
orr_wrap (const char *prose, guint column, guint indent, GString *text)
{
  Page page = { .text = text, .column = column, .empty = TRUE };
  g_auto (GStrv) lines = g_strsplit (prose, "\n", -1);
  guint hanging = indent; /* where further lines of the paragraph or item begin */
  gboolean gap = FALSE, any = FALSE;
  for (char **line = lines; *line; line++)
    {
      gboolean blank = *g_strchomp (*line) == '\0';
      gboolean item = g_str_has_prefix (*line, "- "), code = g_str_has_prefix (*line, CODE);
      if ((blank || item || code) && !page.empty)
        end_line (&page);
      if (blank || item || code)
        hanging = item ? indent + 2 : indent;
      if (!blank && gap && any)
        end_line (&page);
      if (code)
        add_code (&page, *line, indent);
      else if (item)
        add_word (&page, "-", indent);
      if (!code)
        add_line (&page, item ? *line + 2 : *line, hanging);
      gap = blank;
      any |= !blank;
    }
  if (!page.empty || !any)
    end_line (&page);
}
