/* idle-pins.c: pins that fixed nothing. */
#include "report/idle-pins.h"

#include "report/idle-faults.h"

GPtrArray *
orr_idle_pins_of (const OrrTrace *trace)
{
  GPtrArray *idle = g_ptr_array_new ();
  const OrrPin *pins = trace->scenario->pins.data;
  for (guint i = 0; trace->pins_met && i < trace->scenario->pins.length; i++)
    if (!trace->pins_met[i])
      g_ptr_array_add (idle, (gpointer) &pins[i]);
  return idle;
}

void
orr_idle_pin_print (const OrrScenario *scenario, const OrrPin *pin, GString *text)
{
  g_autofree char *line = orr_scenario_pin_to_text (scenario, pin);
  g_autofree char *place = orr_idle_place (scenario, &pin->place);
  g_string_append (text, line);
  if (place)
    g_string_append_printf (text, " (%s)", place);
}

void
orr_idle_pins_add_json (const OrrScenario *scenario, const GPtrArray *pins, JsonBuilder *json)
{
  orr_json_begin_array (json, "idle-pins");
  for (guint i = 0; i < pins->len; i++)
    {
      const OrrPin *pin = g_ptr_array_index (pins, i);
      g_autofree char *line = orr_scenario_pin_to_text (scenario, pin);
      g_autofree char *place = orr_idle_place (scenario, &pin->place);
      json_builder_begin_object (json);
      orr_json_add_text (json, "line", line);
      orr_json_add_text (json, "place", place);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}
