/* man.c: prints a page for man(1), in the man macros of roff.
 *
 * Roff takes a line that begins with '.' or an apostrophe for a request and '\' for the start of an escape,
 * so these are guarded wherever they stand; a '-' is written as '\-', since a bare one may come out as a
 * hyphen that no shell knows. */
#include "export/page.h"

#include <string.h>

#include "base/version.h"

/* Where the reader's locale has no '…', three dots stand for it. */
#define WITHOUT_UNICODE ".fchar \\[u2026] ...\n"

/* One line of prose or of an example, its marks turned to fonts where it is prose. */
static void
print_line (const char *line, gboolean marks, GString *text)
{
  gboolean bold = FALSE;
  if (*line == '.' || *line == '\'')
    g_string_append (text, "\\&");
  for (; *line; line++)
    switch (*line)
      {
      case '\\':
        g_string_append (text, "\\e");
        break;
      case '-':
        g_string_append (text, "\\-");
        break;
      case '`':
        bold = !bold;
        g_string_append (text, !marks ? "\\(ga" : bold ? "\\fB" : "\\fR");
        break;
      case '^':
        g_string_append (text, "\\(ha");
        break;
      case '~':
        g_string_append (text, "\\(ti");
        break;
      default:
        g_string_append_c (text, *line);
      }
  g_string_append (text, bold && marks ? "\\fR\n" : "\n");
}

/* Lines that are kept as they are, but for the `indent` by which prose marks them. */
static void
print_example (const char *lines, const char *indent, GString *text)
{
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);
  g_string_append (text, ".PP\n.nf\n.RS 4\n");
  for (char **line = split; *line; line++)
    print_line (g_str_has_prefix (*line, indent) ? *line + strlen (indent) : *line, FALSE, text);
  g_string_append (text, ".RE\n.fi\n");
}

/* A paragraph: a list where its lines begin with "- ", an example where they begin with blanks. `begun`: the
 * first one needs no break before it. */
static void
print_paragraph (const char *paragraph, gboolean begun, GString *text)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", -1);
  if (g_str_has_prefix (paragraph, "    "))
    {
      print_example (paragraph, "    ", text);
      return;
    }
  if (!begun && !g_str_has_prefix (paragraph, "- "))
    g_string_append (text, ".PP\n");
  for (char **line = lines; *line; line++)
    {
      gboolean item = g_str_has_prefix (*line, "- ");
      const char *words = item ? *line + 2 : *line;
      while (*words == ' ')
        words++;
      if (item)
        g_string_append (text, ".IP \\(bu 2\n");
      if (*words)
        print_line (words, TRUE, text);
    }
}

static void
print_prose (const char *prose, gboolean begun, GString *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (prose, "\n\n", -1);
  for (char **paragraph = paragraphs; *paragraph; paragraph++)
    if (**paragraph)
      {
        print_paragraph (*paragraph, begun, text);
        begun = FALSE;
      }
}

/* A term stands deeper or less deep than the last one by so many margins. */
static void
set_depth (guint *depth, guint wanted, GString *text)
{
  for (; *depth < wanted; (*depth)++)
    g_string_append (text, ".RS\n");
  for (; *depth > wanted; (*depth)--)
    g_string_append (text, ".RE\n");
}

static void
print_term (const OrrBlock *block, GString *text)
{
  g_string_append (text, ".TP\n\\fB");
  print_line (block->term, FALSE, text);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, "\\fR\n");
  if (block->text && *block->text)
    print_prose (block->text, TRUE, text);
  else
    g_string_append (text, "\\&\n");
}

void
orr_page_print_man (const OrrPage *page, GString *text)
{
  g_autofree char *title = g_ascii_strup (page->name, -1);
  guint depth = 0;
  gboolean begun = FALSE; /* right behind a heading */
  g_string_append_printf (
      text, ".TH %s %u \"\" \"orrery " ORR_VERSION "\" \"Orrery\"\n" WITHOUT_UNICODE ".SH NAME\n%s \\- ",
      title, page->section, page->name);
  print_line (page->summary, TRUE, text);
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const OrrBlock *block = &g_array_index (page->blocks, OrrBlock, i);
      set_depth (&depth, block->kind == ORR_BLOCK_TERM ? block->depth : 0, text);
      switch (block->kind)
        {
        case ORR_BLOCK_HEADING:
          g_string_append (text, ".SH ");
          print_line (block->text, FALSE, text);
          break;
        case ORR_BLOCK_PROSE:
          print_prose (block->text, begun, text);
          break;
        case ORR_BLOCK_TERM:
          print_term (block, text);
          break;
        case ORR_BLOCK_EXAMPLE:
          print_example (block->text, "", text);
          break;
        }
      begun = block->kind == ORR_BLOCK_HEADING;
    }
  set_depth (&depth, 0, text);
}
