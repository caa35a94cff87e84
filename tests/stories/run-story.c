/* run-story.c: runs stories, which are tests in the form of a terminal session.
 *
 * A story is a text file that a reader can follow and a program can repeat:
 *
 *     # What the story tells.
 *     > file broken.yaml
 *     modle: primary-replica
 *     > end
 *     $ orrery validate broken.yaml
 *     ----
 *     broken.yaml:1:1: there is no `modle`; did you mean `model`?
 *     …
 *     [exit 65]
 *
 * Each story has a fresh, empty directory. `> file NAME` writes a file there, up to `> end`. A line that
 * begins with `$ ` starts a command; it goes on up to `----` and is given to sh. What follows is what the
 * command must print, standard output and error together, up to the next line that begins with `$ `,
 * `> file ` or `#`; a line of output that begins so, or with a backslash, has a backslash put before it, and
 * so has a blank line at the very end. A status other than 0 follows as `[exit N]`. Where output varies, `…`
 * within a line stands for any text, and a line that is nothing but `…` for any number of lines.
 *
 * A simulation is the same whoever runs it where: a plain `orrery run …` is run once more, in another locale,
 * time zone and environment, and must print the same again. `--elsewhere FOLDER` names where that locale was
 * made.
 *
 * With --update the stories are rewritten to say what the commands print now, for review as a difference;
 * placeholders that still match stay. */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib.h>

#define ANY                "…"
#define OUTPUT_BYTES_MAX   (1u << 20) /* a command that prints more has run wild */
#define OUTPUT_BYTES_SHOWN 2000       /* of such output */
#define LIMIT_SECONDS      10

typedef enum
{
  TEXT,   /* comments and blank lines */
  FILE_,  /* a file to be written */
  COMMAND /* a command and what it prints */
} PartKind;

typedef struct
{
  PartKind kind;
  guint line;          /* where it starts, from 1 */
  GPtrArray *verbatim; /* its lines as they stand in the story, without the expected output */
  char *name;          /* of a file */
  char *content;       /* of a file; or the command */
  GPtrArray *expected; /* of a command: lines, still escaped */
} Part;

typedef struct
{
  gboolean update, once;
  int limit_seconds;
  char **paths;
  const char *elsewhere; /* the folder of a locale, tr_TR.UTF-8, whose letters have other capitals; or NULL */
} Settings;

static void
part_free (Part *part)
{
  g_ptr_array_unref (part->verbatim);
  g_ptr_array_unref (part->expected);
  g_free (part->name);
  g_free (part->content);
  g_free (part);
}

static Part *
part_new (PartKind kind, guint line)
{
  Part *part = g_new0 (Part, 1);
  part->kind = kind;
  part->line = line;
  part->verbatim = g_ptr_array_new_with_free_func (g_free);
  part->expected = g_ptr_array_new_with_free_func (g_free);
  return part;
}

static gboolean
begins_part (const char *line)
{
  return g_str_has_prefix (line, "$ ") || g_str_has_prefix (line, "> file ") || line[0] == '#';
}

/* Takes the lines from *index up to `terminator`, which is taken as well, into the part's content. FALSE
 * where the story ends before. */
static gboolean
take_until (char **lines, guint *index, const char *terminator, Part *part)
{
  GString *content = g_string_new (part->content);
  gboolean found = FALSE;

  while (lines[*index] != NULL && !found)
    {
      const char *line = lines[(*index)++];

      g_ptr_array_add (part->verbatim, g_strdup (line));
      found = g_str_equal (line, terminator);
      if (!found)
        g_string_append_printf (content, "%s\n", line);
    }
  g_free (part->content);
  part->content = g_string_free (content, FALSE);
  return found;
}

static void
take_expected (char **lines, guint *index, Part *part)
{
  while (lines[*index] != NULL && !begins_part (lines[*index]))
    g_ptr_array_add (part->expected, g_strdup (lines[(*index)++]));
  while (part->expected->len > 0
         && g_str_equal (g_ptr_array_index (part->expected, part->expected->len - 1), ""))
    {
      g_ptr_array_remove_index (part->expected, part->expected->len - 1);
      (*index)--;
    }
}

/* The next part of the story; NULL, with a message on standard error, where the text is none. */
static Part *
take_part (const char *path, char **lines, guint *index)
{
  const char *line = lines[*index];
  Part *part = part_new (TEXT, *index + 1);

  if (line[0] == '\0' || line[0] == '#')
    {
      g_ptr_array_add (part->verbatim, g_strdup (lines[(*index)++]));
      return part;
    }
  if (g_str_has_prefix (line, "> file "))
    {
      part->kind = FILE_;
      part->name = g_strdup (line + strlen ("> file "));
      g_ptr_array_add (part->verbatim, g_strdup (lines[(*index)++]));
      if (take_until (lines, index, "> end", part))
        return part;
      g_printerr ("%s:%u: this file has no `> end`\n", path, part->line);
    }
  else if (g_str_has_prefix (line, "$ "))
    {
      part->kind = COMMAND;
      part->content = g_strdup_printf ("%s\n", line + strlen ("$ "));
      g_ptr_array_add (part->verbatim, g_strdup (lines[(*index)++]));
      if (take_until (lines, index, "----", part))
        {
          take_expected (lines, index, part);
          return part;
        }
      g_printerr ("%s:%u: this command has no `----` after it\n", path, part->line);
    }
  else
    g_printerr ("%s:%u: neither a command (`$ `), a file (`> file NAME`) nor a comment (`#`)\n", path,
                part->line);
  part_free (part);
  return NULL;
}

static GPtrArray *
parse_story (const char *path, const char *text)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_commands = 0;
  guint last = g_strv_length (lines) - 1;

  if (!g_str_has_suffix (text, "\n"))
    {
      g_printerr ("%s: the story does not end with a newline\n", path);
      return NULL;
    }
  g_clear_pointer (&lines[last], g_free);
  for (guint index = 0; lines[index] != NULL;)
    {
      Part *part = take_part (path, lines, &index);

      if (part == NULL)
        return NULL;
      n_commands += part->kind == COMMAND;
      g_ptr_array_add (parts, part);
    }
  if (n_commands == 0)
    {
      g_printerr ("%s: a story without a command shows nothing\n", path);
      return NULL;
    }
  return g_steal_pointer (&parts);
}

static gboolean
line_matches (const char *expected, const char *actual)
{
  g_auto (GStrv) pieces = g_strsplit (expected[0] == '\\' ? expected + 1 : expected, ANY, -1);
  guint n = g_strv_length (pieces);

  if (n <= 1)
    return g_str_equal (n == 1 ? pieces[0] : "", actual);
  if (!g_str_has_prefix (actual, pieces[0]))
    return FALSE;
  actual += strlen (pieces[0]);
  for (guint i = 1; i + 1 < n; i++)
    {
      const char *found = strstr (actual, pieces[i]);

      if (found == NULL)
        return FALSE;
      actual = found + strlen (pieces[i]);
    }
  return g_str_has_suffix (actual, pieces[n - 1]);
}

/* Whether the lines match; on a mismatch behind a `…`, that `…` is made to take in one line more. The last
 * `n_remarks` lines say how the command ended, which no `…` may hide. */
static gboolean
lines_match (const GPtrArray *expected, const GPtrArray *actual, guint n_remarks)
{
  guint e = 0, a = 0, after_any = G_MAXUINT, any_end = 0;
  guint n_expected = expected->len - n_remarks, n_actual = actual->len - n_remarks;

  if (expected->len < n_remarks)
    return FALSE;
  for (guint i = 0; i < n_remarks; i++)
    if (!g_str_equal (g_ptr_array_index (expected, n_expected + i), g_ptr_array_index (actual, n_actual + i)))
      return FALSE;
  while (a < n_actual)
    {
      const char *line = e < n_expected ? g_ptr_array_index (expected, e) : NULL;

      if (line != NULL && g_str_equal (line, ANY))
        {
          after_any = ++e;
          any_end = a;
        }
      else if (line != NULL && line_matches (line, g_ptr_array_index (actual, a)))
        {
          e++;
          a++;
        }
      else if (after_any != G_MAXUINT)
        {
          e = after_any;
          a = ++any_end;
        }
      else
        return FALSE;
    }
  while (e < n_expected && g_str_equal (g_ptr_array_index (expected, e), ANY))
    e++;
  return e == n_expected;
}

/* Whether the e-th line told is surely the a-th printed: a `…` may be any. */
static gboolean
same_line (const GPtrArray *expected, guint e, const GPtrArray *actual, guint a)
{
  const char *told = g_ptr_array_index (expected, e);

  return !g_str_equal (told, ANY) && line_matches (told, g_ptr_array_index (actual, a));
}

static void
report_mismatch (const char *path, const Part *part, const GPtrArray *actual)
{
  const GPtrArray *expected = part->expected;
  guint same_head = 0, same_tail = 0;
  guint shorter = MIN (expected->len, actual->len);

  while (same_head < shorter && same_line (expected, same_head, actual, same_head))
    same_head++;
  while (same_tail < shorter - same_head
         && same_line (expected, expected->len - 1 - same_tail, actual, actual->len - 1 - same_tail))
    same_tail++;

  g_printerr ("%s:%u: not as the story tells (- told, + printed)\n", path, part->line);
  for (guint i = 0; i + 1 < part->verbatim->len; i++)
    g_printerr ("  %s\n", (const char *) g_ptr_array_index (part->verbatim, i));
  for (guint i = 0; i < same_head; i++)
    g_printerr ("    %s\n", (const char *) g_ptr_array_index (actual, i));
  for (guint i = same_head; i < expected->len - same_tail; i++)
    g_printerr ("  - %s\n", (const char *) g_ptr_array_index (expected, i));
  for (guint i = same_head; i < actual->len - same_tail; i++)
    g_printerr ("  + %s\n", (const char *) g_ptr_array_index (actual, i));
  for (guint i = actual->len - same_tail; i < actual->len; i++)
    g_printerr ("    %s\n", (const char *) g_ptr_array_index (actual, i));
}

/* The child leads a group of its own, so that all that it starts can be ended with it, and leaves no core
 * behind. */
static void
set_up_child (G_GNUC_UNUSED gpointer data)
{
  struct rlimit none = { 0, 0 };

  setpgid (0, 0);
  setrlimit (RLIMIT_CORE, &none);
}

static char **
environment_of_commands (const Settings *settings, const char *directory)
{
  char **environment = g_get_environ ();
  g_autofree char *own = g_strjoinv (":", settings->paths);
  g_autofree char *path = g_strdup_printf ("%s%s%s", own, own[0] != '\0' ? ":" : "", g_getenv ("PATH"));

  environment = g_environ_setenv (environment, "PATH", path, TRUE);
  environment = g_environ_setenv (environment, "HOME", directory, TRUE);
  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  environment = g_environ_setenv (environment, "TERM", "dumb", TRUE);
  environment = g_environ_setenv (environment, "G_DEBUG", "fatal-criticals", TRUE);
  environment = g_environ_unsetenv (environment, "COLUMNS");
  environment = g_environ_unsetenv (environment, "XDG_CONFIG_HOME");
  return environment;
}

/* What may differ between two runs of one scenario, as far as it can be made to. Addresses differ by
 * themselves. */
static char **
go_elsewhere (const Settings *settings, char **environment)
{
  environment = g_environ_setenv (environment, "TZ", "Asia/Kathmandu", TRUE);
  environment = g_environ_setenv (environment, "MALLOC_PERTURB_", "165", TRUE);
  environment = g_environ_setenv (environment, "G_RANDOM_VERSION", "2.0", TRUE);
  if (settings->elsewhere != NULL)
    {
      environment = g_environ_setenv (environment, "LOCPATH", settings->elsewhere, TRUE);
      environment = g_environ_setenv (environment, "LC_ALL", "tr_TR.UTF-8", TRUE);
    }
  return environment;
}

/* Nothing but a run of scenarios, which may be repeated without changing what comes after it. */
static gboolean
is_plain_run (const char *command)
{
  return g_str_has_prefix (command, "orrery run ") && strcspn (command, "|&;<>$`(\n") + 1 == strlen (command);
}

/* Reads what comes until the end, the time limit or the limit on its size; returns what to remark on that, or
 * NULL. */
static const char *
read_output (int fd, gint64 deadline_us, GString *output)
{
  for (;;)
    {
      char buffer[4096];
      gint64 left_us = deadline_us - g_get_monotonic_time ();
      struct pollfd ready = { .fd = fd, .events = POLLIN };
      ssize_t n;

      if (left_us <= 0)
        return "[time-out]";
      if (output->len > OUTPUT_BYTES_MAX)
        return "[too much output]";
      if (poll (&ready, 1, (int) (left_us / 1000 + 1)) <= 0)
        continue;
      n = read (fd, buffer, sizeof buffer);
      if (n == 0)
        return NULL;
      for (ssize_t i = 0; i < n; i++)
        {
          if (buffer[i] == '\0')
            g_string_append (output, "␀");
          else
            g_string_append_c (output, buffer[i]);
        }
    }
}

/* The lines that the story must hold for this output, not yet escaped; the last of them are remarks on how
 * the command ended. */
static GPtrArray *
lines_of_output (const GString *output, const char *remark, int status, guint *ret_n_remarks)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  gboolean cut = output->len > 0 && output->str[output->len - 1] != '\n';
  g_auto (GStrv) split = g_strsplit (output->str, "\n", -1);
  guint n_lines = g_strv_length (split);

  if (n_lines > 0 && !cut)
    n_lines--; /* the empty rest behind the last newline */
  for (guint i = 0; i < n_lines; i++)
    g_ptr_array_add (lines, g_strdup (split[i]));
  if (remark != NULL)
    g_ptr_array_add (lines, g_strdup (remark));
  else if (cut)
    g_ptr_array_add (lines, g_strdup ("[no newline at the end]"));
  if (remark == NULL && !(WIFEXITED (status) && WEXITSTATUS (status) == 0))
    g_ptr_array_add (lines, g_strdup_printf ("[exit %d]", WIFEXITED (status) ? WEXITSTATUS (status)
                                                                             : 128 + WTERMSIG (status)));
  *ret_n_remarks = lines->len - n_lines;
  return lines;
}

/* Runs the command in the directory; what it printed, or NULL where not even sh could be started. */
static GPtrArray *
run_command (const Settings *settings, const char *directory, const char *command, gboolean elsewhere,
             guint *ret_n_remarks)
{
  const char *arguments[] = { "sh", "-c", command, NULL };
  g_auto (GStrv) environment = environment_of_commands (settings, directory);
  g_autoptr (GString) output = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 deadline_us = g_get_monotonic_time () + settings->limit_seconds * G_USEC_PER_SEC;
  const char *remark;
  int pipe_fds[2], status;
  GPid child;

  if (elsewhere)
    environment = go_elsewhere (settings, g_steal_pointer (&environment));
  if (!g_unix_open_pipe (pipe_fds, FD_CLOEXEC, &error))
    {
      g_printerr ("%s\n", error->message);
      return NULL;
    }
  if (!g_spawn_async_with_fds (directory, (char **) arguments, environment,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, set_up_child, NULL, &child,
                               -1, pipe_fds[1], pipe_fds[1], &error))
    {
      g_printerr ("%s\n", error->message);
      close (pipe_fds[0]);
      close (pipe_fds[1]);
      return NULL;
    }
  close (pipe_fds[1]);
  remark = read_output (pipe_fds[0], deadline_us, output);
  close (pipe_fds[0]);
  if (remark != NULL)
    kill (-child, SIGKILL);
  if (output->len > OUTPUT_BYTES_MAX)
    g_string_truncate (output, OUTPUT_BYTES_SHOWN);
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  kill (-child, SIGKILL); /* whatever it left in the background */
  return lines_of_output (output, remark, status, ret_n_remarks);
}

/* What the story should say of these lines: escaped, and with the placeholders of old lines that still match.
 */
static GPtrArray *
lines_to_tell (const GPtrArray *expected, const GPtrArray *actual)
{
  GPtrArray *told = g_ptr_array_new_with_free_func (g_free);
  guint old = 0;

  for (guint i = 0; i < actual->len; i++)
    {
      const char *line = g_ptr_array_index (actual, i);
      gboolean last_blank = line[0] == '\0' && i + 1 == actual->len;
      guint e = old;

      while (e < expected->len
             && (g_str_equal (g_ptr_array_index (expected, e), ANY)
                 || !line_matches (g_ptr_array_index (expected, e), line)))
        e++;
      if (e < expected->len)
        {
          g_ptr_array_add (told, g_strdup (g_ptr_array_index (expected, e)));
          old = e + 1;
        }
      else
        g_ptr_array_add (
            told, g_strconcat (begins_part (line) || line[0] == '\\' || last_blank ? "\\" : "", line, NULL));
    }
  return told;
}

static gboolean
write_story (const char *path, const GPtrArray *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);

      for (guint j = 0; j < part->verbatim->len; j++)
        g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (part->verbatim, j));
      for (guint j = 0; j < part->expected->len; j++)
        g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (part->expected, j));
    }
  if (g_file_set_contents (path, text->str, (gssize) text->len, &error))
    return TRUE;
  g_printerr ("%s\n", error->message);
  return FALSE;
}

/* Whether a run prints again what it printed; if not, says so. */
static gboolean
repeats (const Settings *settings, const char *path, const char *directory, const Part *part,
         const GPtrArray *first)
{
  guint n_remarks;
  g_autoptr (GPtrArray) second = run_command (settings, directory, part->content, TRUE, &n_remarks);

  for (guint i = 0; second != NULL && i < MAX (first->len, second->len); i++)
    {
      const char *was = i < first->len ? g_ptr_array_index (first, i) : NULL;
      const char *is = i < second->len ? g_ptr_array_index (second, i) : NULL;
      if (g_strcmp0 (was, is) == 0)
        continue;
      g_printerr ("%s:%u: not the same when it is run again elsewhere\n  $ %s", path, part->line,
                  part->content);
      if (was != NULL)
        g_printerr ("  - %s\n", was);
      if (is != NULL)
        g_printerr ("  + %s\n", is);
      return FALSE;
    }
  return second != NULL;
}

/* Plays the parts in the directory. Returns how many commands did not do as told, or -1 where a part could
 * not be played. */
static int
play_parts (const Settings *settings, const char *path, const char *directory, GPtrArray *parts)
{
  int n_different = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = g_ptr_array_index (parts, i);

      if (part->kind == FILE_)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *file = g_build_filename (directory, part->name, NULL);
          g_autofree char *folder = g_path_get_dirname (file);

          g_mkdir_with_parents (folder, 0777);
          if (!g_file_set_contents (file, part->content, -1, &error))
            {
              g_printerr ("%s:%u: %s\n", path, part->line, error->message);
              return -1;
            }
        }
      else if (part->kind == COMMAND)
        {
          guint n_remarks;
          g_autoptr (GPtrArray) actual = run_command (settings, directory, part->content, FALSE, &n_remarks);

          if (actual == NULL)
            return -1;
          if (!settings->update && !settings->once && is_plain_run (part->content)
              && !repeats (settings, path, directory, part, actual))
            n_different++;
          if (lines_match (part->expected, actual, n_remarks))
            continue;
          n_different++;
          if (settings->update)
            {
              GPtrArray *told = lines_to_tell (part->expected, actual);
              g_ptr_array_unref (part->expected);
              part->expected = told;
            }
          else
            report_mismatch (path, part, actual);
        }
    }
  return n_different;
}

static int
remove_entry (const char *path, G_GNUC_UNUSED const struct stat *status, G_GNUC_UNUSED int type,
              G_GNUC_UNUSED struct FTW *place)
{
  return remove (path);
}

static int
run_story (const Settings *settings, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *text = NULL;
  g_autofree char *directory = NULL;
  int n_different;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return EX_NOINPUT;
    }
  parts = parse_story (path, text);
  if (parts == NULL)
    return EX_DATAERR;
  directory = g_dir_make_tmp ("story-XXXXXX", &error);
  if (directory == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EX_CANTCREAT;
    }
  n_different = play_parts (settings, path, directory, parts);
  nftw (directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  if (n_different < 0)
    return EX_OSERR;
  if (!settings->update)
    return n_different > 0 ? 1 : 0;
  if (n_different > 0)
    g_printerr ("%s: %d outputs rewritten\n", path, n_different);
  return n_different == 0 || write_story (path, parts) ? 0 : EX_CANTCREAT;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_auto (GStrv) stories = NULL;
  Settings settings = { .limit_seconds = LIMIT_SECONDS };
  const GOptionEntry entries[]
      = { { "update", 0, 0, G_OPTION_ARG_NONE, &settings.update, "Rewrite what the stories expect", NULL },
          { "path", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, "Look for programs here first", "FOLDER" },
          { "limit", 0, 0, G_OPTION_ARG_INT, &settings.limit_seconds, "The longest that a command may take",
            "SECONDS" },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &stories, NULL, "STORY…" },
          G_OPTION_ENTRY_NULL };
  char *no_paths[] = { NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int worst = 0;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || stories == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "which stories?");
      return EX_USAGE;
    }
  settings.once = g_strcmp0 (g_getenv ("STORIES_ONCE"), "1") == 0;
  settings.elsewhere = g_getenv ("STORIES_ELSEWHERE");
  settings.paths = paths != NULL ? paths : no_paths;
  for (char **path = settings.paths; *path != NULL; path++)
    {
      char *relative = *path; /* commands run in a folder of their own */
      *path = g_canonicalize_filename (relative, NULL);
      g_free (relative);
    }
  for (guint i = 0; stories[i] != NULL; i++)
    {
      int status = run_story (&settings, stories[i]);
      worst = MAX (worst, status);
    }
  return worst;
}
