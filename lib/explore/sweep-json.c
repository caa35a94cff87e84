/* sweep-json.c: a sweep for programs to read. Each point has the report on its runs, as `orrery run --seeds
 * --json` prints it. */
#include "explore/sweep.h"
#include "report/json-members.h"
#include "report/runs-private.h"

static void
add_axes (JsonBuilder *json, const OrrSweep *sweep)
{
  orr_json_begin_array (json, "axes");
  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const OrrVariation *axis = orr_sweep_axis (sweep, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "path", axis->path);
      orr_json_begin_array (json, "values");
      for (guint j = 0; j < axis->values.length; j++)
        json_builder_add_string_value (json, ((const char *const *) axis->values.data)[j]);
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_point (JsonBuilder *json, const OrrSweepView *view, guint point)
{
  OrrRunsStyle style = view->style;
  style.command = view->commands ? view->commands[point] : NULL;
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "values");
  json_builder_begin_object (json);
  for (guint axis = 0; axis < view->sweep->axes->len; axis++)
    orr_json_add_text (json, orr_sweep_axis (view->sweep, axis)->path,
                       orr_sweep_value (view->sweep, point, axis));
  json_builder_end_object (json);
  json_builder_set_member_name (json, "runs");
  orr_runs_add_json (json, view->runs[point], &style);
  json_builder_end_object (json);
}

void
orr_sweep_print_json (const OrrSweepView *view, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_object (json);
  orr_json_add_text (json, "title", view->sweep->base->title);
  orr_json_add_text (json, "file", view->sweep->base->file);
  orr_json_add_text (json, "model", view->sweep->base->model->entry.name);
  add_axes (json, view->sweep);
  orr_json_begin_array (json, "points");
  for (guint i = 0; i < view->n; i++)
    add_point (json, view, i);
  json_builder_end_array (json);
  json_builder_end_object (json);
  orr_json_print (json, text);
}
