/* fact.c: the field tables of the facts that every check understands. */
#include "base/fact.h"

const OrrField orr_fact_version_fields[] = {
  ORR_FIELD (OrrFactVersion, key, KEY, .doc = "what was written"),
  ORR_FIELD (OrrFactVersion, value, VALUE, .doc = "the value that the write left"),
  ORR_FIELD (OrrFactVersion, version, NUMBER, .doc = "its place in the key's order of writes, from 1"),
  ORR_FIELD (OrrFactVersion, previous, NUMBER,
             .doc = "the version that it was built upon; 0 is the initial value"),
  { 0 },
};

const OrrField orr_fact_value_fields[] = {
  ORR_FIELD (OrrFactValue, key, KEY, .doc = "what the node holds"),
  ORR_FIELD (OrrFactValue, value, VALUE, .doc = "its value"),
  ORR_FIELD (OrrFactValue, version, NUMBER,
             .doc = "the version of the value; 0 where it is the initial one or not known"),
  { 0 },
};

const OrrField orr_fact_applied_fields[] = {
  ORR_FIELD (OrrFactApplied, key, KEY, .doc = "what was written"),
  ORR_FIELD (OrrFactApplied, value, VALUE, .doc = "the value that the node came to hold"),
  ORR_FIELD (OrrFactApplied, version, NUMBER, .doc = "the version that it came to hold"),
  { 0 },
};
