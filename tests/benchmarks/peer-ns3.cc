// peer-ns3.cc: PHOLD on ns-3's scheduler, for comparison: bare events that carry a number, no packets, no network.
//
// peer-ns3 EVENTS PENDING... prints for each number of pending events the processor time of one, in nanoseconds.
#include <ns3/core-module.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace
{

constexpr uint32_t NODES = 1024;

struct Table
{
  std::vector<uint64_t> sums = std::vector<uint64_t> (NODES);
  ns3::Ptr<ns3::ExponentialRandomVariable> delay = ns3::CreateObject<ns3::ExponentialRandomVariable> ();
  ns3::Ptr<ns3::UniformRandomVariable> other = ns3::CreateObject<ns3::UniformRandomVariable> ();
  uint64_t left = 0, warm = 0;
  std::clock_t start = 0;

  void Throw (uint64_t ball);
  void Catch (uint32_t node, uint64_t ball);
};

void
Table::Throw (uint64_t ball)
{
  const auto after = ns3::NanoSeconds (100000000 + static_cast<int64_t> (delay->GetValue (1e9, 0)));
  ns3::Simulator::Schedule (after, &Table::Catch, this, other->GetInteger (0, NODES - 1), ball);
}

void
Table::Catch (uint32_t node, uint64_t ball)
{
  sums[node] = sums[node] * 31 + ball;
  if (--left == warm)
    start = std::clock ();
  if (left == 0)
    ns3::Simulator::Stop ();
  else
    Throw (ball + 1);
}

double
Play (uint64_t events, uint64_t pending)
{
  Table table;
  table.left = events + events / 10;
  table.warm = events;
  for (uint64_t i = 0; i < pending; i++)
    table.Throw (i);
  ns3::Simulator::Run ();
  const double seconds = static_cast<double> (std::clock () - table.start) / CLOCKS_PER_SEC;
  ns3::Simulator::Destroy ();
  return seconds * 1e9 / static_cast<double> (events);
}

} // namespace

int
main (int argc, char **argv)
{
  ns3::GlobalValue::Bind ("SchedulerType", ns3::StringValue ("ns3::PriorityQueueScheduler"));
  const uint64_t events = argc > 1 ? std::strtoull (argv[1], nullptr, 10) : 1000000;
  for (int i = 2; i < argc; i++)
    std::printf ("%s %.1f\n", argv[i], Play (events, std::strtoull (argv[i], nullptr, 10)));
  return 0;
}
