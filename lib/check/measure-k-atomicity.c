/* measure-k-atomicity.c: of how many latest writes a read returned one, in one order for all. */
#include "check/atomicity.h"
#include "check/measure-private.h"

#define MOST 2 /* for more no fast way is known */

extern const OrrMeasure orr_measure_k_atomicity;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  if (orr_accesses_silent_of_time (history))
    return;
  g_autoptr (OrrAccesses) accesses = orr_accesses_new (history);
  guint k = accesses->n_thin_air > 0 ? MOST + 1 : 1;
  if (accesses->n_unclear > 0 || accesses->n_reads + accesses->n_thin_air == 0)
    return;
  for (; k <= MOST; k++)
    {
      OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
      guint64 states = budget.states_max;
      OrrAtomicity answer = orr_atomicity_judge (accesses, k, &budget, &states, NULL);
      if (answer.n_violated == 0 && answer.n_undecided > 0)
        return;
      if (answer.n_violated == 0)
        break;
    }
  orr_figures_add (figures, &orr_measure_k_atomicity, NULL, NULL, k,
                   accesses->n_reads + accesses->n_thin_air);
}

const OrrMeasure orr_measure_k_atomicity = {
  .entry
  = { .entry = { .name = "k-atomicity",
                 .summary = "Of how many latest writes a read returned one: 1, 2, or 3 for more",
                 .doc = "The smallest k for which there is one order of all operations on a key that "
                        "respects real time, and in which each read returns one of the last k writes; "
                        "the largest of all keys. 1 is `linearizable`, 2 is `two-atomic`. 3 stands for "
                        "three and more, and for reads that no order explains, of what nobody wrote.\n\n"
                        "It is judged from what clients saw alone, of reads and writes of registers; "
                        "there is no figure where several writes wrote what a read returned.\n\n"
                        "Source: Golab, Li & Shah, PODC 2011, sections 2 and 4." },
      .type = &orr_type_REAL },
  .measure = measure,
};
