/* page.h: a reference page as a value, before anyone knows on what it will be printed.
 *
 * A page is a title and a row of blocks: headings, prose, terms with what they mean, examples. Whoever knows what there is to say builds one from
 * the tables; whoever knows a format prints it, a file for each format. Prose is written as in the tables' own docs: `code`, an empty
 * line between paragraphs, "- " before the items of a list, four blanks before what is kept as it is. */
#pragma once

#include "base/catalog.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_BLOCK_HEADING,
  ORR_BLOCK_PROSE,
  ORR_BLOCK_TERM,    /* a word, and prose that says what it means */
  ORR_BLOCK_EXAMPLE, /* lines that are kept as they are */
} OrrBlockKind;

typedef struct
{
  OrrBlockKind kind;
  guint depth; /* of a term: 0, or within how many others */
  char *term;
  char *text; /* may be NULL */
} OrrBlock;

typedef struct
{
  char *name;    /* "orrery-run" */
  guint section; /* of the manual: 1 commands, 5 files, 7 all else */
  char *summary;
  GArray *blocks; /* OrrBlock */
} OrrPage;

ORR_PUBLIC OrrPage *orr_page_new (const char *name, guint section, const char *summary);
ORR_PUBLIC void orr_page_free (OrrPage *page); /* accepts NULL */

ORR_PUBLIC void orr_page_heading (OrrPage *page, const char *heading);
ORR_PUBLIC void orr_page_prose (OrrPage *page, const char *prose); /* NULL: nothing */
ORR_PUBLIC void orr_page_term (OrrPage *page, guint depth, const char *term, const char *prose);
ORR_PUBLIC void orr_page_example (OrrPage *page, const char *lines);

/* A term for each field, with its default and conditions, its words and the fields within it a step deeper. */
ORR_PUBLIC void orr_page_fields (OrrPage *page, guint depth, const OrrField *fields);
/* A heading, and a term for each record with its fields; nothing where there are none. */
ORR_PUBLIC void orr_page_records (OrrPage *page, const char *heading, const OrrRecord *records);
/* A heading, then the entry's prose and its settings. */
ORR_PUBLIC void orr_page_entry (OrrPage *page, const OrrEntry *entry);

/* How a page is printed. */
ORR_PUBLIC void orr_page_print_man (const OrrPage *page, GString *text);
ORR_PUBLIC void orr_page_print_markdown (const OrrPage *page, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrPage, orr_page_free)

G_END_DECLS
