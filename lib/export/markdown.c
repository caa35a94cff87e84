/* markdown.c: prints a page in Markdown, as the project's own documents are written.
 *
 * The prose of the tables is Markdown already. Terms become a list, whose items lie within one another by
 * indentation. */
#include "export/page.h"

#include <string.h>

/* The lines of a text, each but the first indented. */
static void
print_indented (const char *prose, guint indent, GString *text)
{
  g_auto (GStrv) lines = g_strsplit (prose, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      if (line > lines && **line)
        g_string_append_printf (text, "%*s", (int) indent, "");
      g_string_append (text, *line);
      if (line[1])
        g_string_append_c (text, '\n');
    }
}

static void
print_block (const OrrBlock *block, gboolean in_list, GString *text)
{
  gboolean term = block->kind == ORR_BLOCK_TERM;
  if (!(term && in_list))
    g_string_append_c (text, '\n');
  switch (block->kind)
    {
    case ORR_BLOCK_HEADING:
      g_string_append_printf (text, "## %s\n", block->text);
      break;
    case ORR_BLOCK_PROSE:
      g_string_append_printf (text, "%s%s", block->text, g_str_has_suffix (block->text, "\n") ? "" : "\n");
      break;
    case ORR_BLOCK_EXAMPLE:
      g_string_append_printf (text, "```\n%s\n```\n", block->text);
      break;
    case ORR_BLOCK_TERM:
      g_string_append_printf (text, "%*s- `%s`", (int) (2 * block->depth), "", block->term);
      if (block->text && *block->text)
        {
          g_string_append (text, ": ");
          print_indented (block->text, 2 * block->depth + 2, text);
        }
      g_string_append_c (text, '\n');
      break;
    }
}

void
orr_page_print_markdown (const OrrPage *page, GString *text)
{
  g_string_append_printf (text, "# %s: %s\n", page->name, page->summary);
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const OrrBlock *before = i > 0 ? &g_array_index (page->blocks, OrrBlock, i - 1) : NULL;
      print_block (&g_array_index (page->blocks, OrrBlock, i), before && before->kind == ORR_BLOCK_TERM,
                   text);
    }
}
