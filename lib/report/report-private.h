/* report-private.h: what the forms of a report share. Not installed. */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/* A figure as users see it; "-" where it is NULL. The caller frees it. */
char *orr_figure_or_dash (const OrrFigure *figure);

G_END_DECLS
