/* plugin.c: models from outside.
 *
 * A shared object has one symbol that leads to a model, the same const table that a model of the tree has;
 * from there on nothing tells the two apart. What can be wrong with such a file is looked for in turn, from
 * its first bytes to the rules of the tables, so that whoever built it hears what to do about it. */
#include "sim/plugin.h"

#include <gmodule.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/model-check.h"
#include "report/catalog-new.h"
#include "sim/common.h"
#include "sim/show.h"

/* The files, as the user named them. A module is never closed: traces and reports point into its tables. */
static GPtrArray *plugin_files;

/* --- The file --- */

static gboolean
read_head (const char *file, ElfW (Ehdr) * head, guint64 *ret_size)
{
  struct stat status;
  FILE *stream = fopen (file, "rb");
  gboolean right
      = stream && fstat (fileno (stream), &status) == 0 && fread (head, sizeof *head, 1, stream) == 1;
  if (stream)
    fclose (stream);
  *ret_size = right ? (guint64) status.st_size : 0;
  return right && memcmp (head->e_ident, ELFMAG, SELFMAG) == 0;
}

/* The loader says "no such file" of an object for another processor, and dies of one that was cut short; so
 * these are found out here. The program's own head is that of a file of this machine. */
static const char *
find_fault_of_head (const char *file)
{
  ElfW (Ehdr) own, head;
  guint64 size;
  if (!read_head ("/proc/self/exe", &own, &size))
    return NULL; /* no such machine: let the loader say */
  if (!read_head (file, &head, &size))
    return "it is no shared object; build it with 'cc -shared -fPIC'";
  if (head.e_ident[EI_CLASS] != own.e_ident[EI_CLASS] || head.e_ident[EI_DATA] != own.e_ident[EI_DATA]
      || head.e_machine != own.e_machine)
    return "it was built for another machine; build it with this one's compiler";
  if (head.e_type != ET_DYN)
    return "it is no shared object yet; link it with 'cc -shared'";
  if (head.e_shoff > size || (guint64) head.e_shnum * head.e_shentsize > size - head.e_shoff)
    return "its end is missing; build it again";
  return NULL;
}

/* --- The model in it --- */

/* Nothing but `abi` and the sizes may be read before they are known to be right. */
static char *
find_fault_of_plugin (const OrrPlugin *plugin)
{
  if (plugin->abi != ORR_MODEL_ABI)
    return g_strdup_printf ("it was built for version %u of the model interface, and this is version %d; "
                            "build it again against these headers",
                            plugin->abi, ORR_MODEL_ABI);
  if (plugin->model_size != sizeof (OrrModel) || plugin->role_size != sizeof (OrrRole)
      || plugin->field_size != sizeof (OrrField) || plugin->record_size != sizeof (OrrRecord))
    return g_strdup ("it was built against other headers: its structs are of other sizes; build it again "
                     "against these");
  if (!plugin->model)
    return g_strdup ("it shows no model; end it with ORR_PLUGIN (my_model);");
  if (plugin->model->abi != ORR_MODEL_ABI)
    return g_strdup_printf ("its model says .abi = %u; write .abi = ORR_MODEL_ABI", plugin->model->abi);
  return NULL;
}

/* The tables must keep the rules, and the name be free. */
static gboolean
is_usable (const OrrModel *model, const char *file, const GPtrArray *models)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (NULL);
  orr_model_check (model, catalog, problems);
  for (guint i = 0; i < models->len && model->entry.name; i++)
    if (strcmp (((const OrrModel *) models->pdata[i])->entry.name, model->entry.name) == 0)
      orr_problems_add (problems, (OrrPlace){ 0 }, "give it another name", "there is a model '%s' already",
                        model->entry.name);
  g_autofree char *text = orr_problems_to_text (problems);
  fputs (text, stderr);
  return orr_problems_get_length (problems) == 0;
}

static gboolean
open_plugin (const char *file, const OrrPlugin **ret_plugin)
{
  g_autofree char *path = g_canonicalize_filename (file, NULL); /* a bare name is looked for elsewhere */
  const char *why = find_fault_of_head (path);
  if (why)
    {
      complain ("can't use the plug-in '%s': %s", file, why);
      return FALSE;
    }
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (!module)
    {
      complain ("can't use the plug-in '%s': %s", file, g_module_error ());
      return FALSE;
    }
  if (g_module_symbol (module, ORR_PLUGIN_SYMBOL, (gpointer *) ret_plugin))
    return TRUE;
  complain ("can't use the plug-in '%s': it has no symbol '" ORR_PLUGIN_SYMBOL
            "'; end it with ORR_PLUGIN (my_model);",
            file);
  return FALSE;
}

static ExitStatus
load_plugin (const char *file, GPtrArray *models)
{
  const OrrPlugin *plugin;
  if (!is_readable (file))
    return EXIT_NO_INPUT;
  if (!open_plugin (file, &plugin))
    return EXIT_BAD_INPUT;
  g_autofree char *why = find_fault_of_plugin (plugin);
  if (why)
    complain ("can't use the plug-in '%s': %s", file, why);
  if (why || !is_usable (plugin->model, file, models))
    return EXIT_BAD_INPUT;
  g_ptr_array_add (models, (gpointer) plugin->model);
  g_ptr_array_add (plugin_files, g_strdup (file));
  return EXIT_AS_EXPECTED;
}

/* --- The option --- */

/* The file that the argument at `index` names, and how many arguments that takes; 0: it is no such option. */
static int
plugin_option (int argc, char **argv, int index, const char **ret_file)
{
  const char *argument = argv[index];
  if (strcmp (argument, "--plugin") == 0)
    {
      *ret_file = index + 1 < argc ? argv[index + 1] : NULL;
      return *ret_file ? 2 : 1;
    }
  if (!g_str_has_prefix (argument, "--plugin="))
    return 0;
  *ret_file = argument + strlen ("--plugin=");
  return 1;
}

static ExitStatus
take_options (int *argc, char **argv, GPtrArray *models)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  int left = 1, i = 1;
  while (i < *argc && strcmp (argv[i], "--") != 0)
    {
      const char *file = NULL;
      int taken = plugin_option (*argc, argv, i, &file);
      if (taken == 0)
        argv[left++] = argv[i++];
      else if (!file)
        {
          complain ("--plugin needs the file of a model: --plugin ./mine.so");
          return EXIT_USAGE;
        }
      else
        {
          status = worse_status (status, load_plugin (file, models));
          i += taken;
        }
    }
  while (i < *argc)
    argv[left++] = argv[i++];
  argv[left] = NULL;
  *argc = left;
  return status;
}

const OrrModel **
load_plugins (int *argc, char **argv, ExitStatus *ret_status)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new ();
  plugin_files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; orr_models[i]; i++)
    g_ptr_array_add (models, (gpointer) orr_models[i]);
  *ret_status = take_options (argc, argv, models);
  if (*ret_status != EXIT_AS_EXPECTED)
    return NULL;
  g_ptr_array_add (models, NULL);
  return (const OrrModel **) g_ptr_array_free (g_steal_pointer (&models), FALSE);
}

void
plugin_add_options (GString *command)
{
  for (guint i = 0; plugin_files && i < plugin_files->len; i++)
    {
      g_string_append (command, " --plugin");
      show_add_word (plugin_files->pdata[i], command);
    }
}
