// peer-simgrid.cc: PHOLD on SimGrid's timers, for comparison: callbacks alone, no actors, no network.
//
// peer-simgrid EVENTS PENDING... prints for each number of pending events the processor time of one, in nanoseconds.
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <vector>

namespace
{

constexpr uint32_t NODES = 1024;

struct Table
{
  std::vector<uint64_t> sums = std::vector<uint64_t> (NODES);
  std::mt19937_64 random{ 42 };
  std::exponential_distribution<double> delay{ 1.0 };
  uint64_t left = 0, warm = 0;
  std::clock_t start = 0, end = 0;

  void Throw (double now, uint64_t ball);
  void Catch (double now, uint32_t node, uint64_t ball);
};

void
Table::Throw (double now, uint64_t ball)
{
  const double then = now + 0.1 + delay (random);
  const uint32_t node = random () % NODES;
  simgrid::kernel::timer::Timer::set (then, [this, then, node, ball] { Catch (then, node, ball); });
}

void
Table::Catch (double now, uint32_t node, uint64_t ball)
{
  if (left == 0)
    return;
  sums[node] = sums[node] * 31 + ball;
  if (--left == warm)
    start = std::clock ();
  if (left == 0)
    end = std::clock ();
  else
    Throw (now, ball + 1);
}

} // namespace

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      std::fprintf (stderr, "usage: peer-simgrid EVENTS PENDING\n");
      return 64;
    }
  // Timers run as long as somebody is there: one actor, who sleeps.
  simgrid::s4u::Engine engine (&argc, argv);
  auto *zone = simgrid::s4u::create_full_zone ("zone");
  auto *host = zone->create_host ("host", 1e9);
  zone->seal ();
  simgrid::s4u::Actor::create ("sleeper", host, [] { simgrid::s4u::this_actor::sleep_until (1e9); });

  Table table;
  const uint64_t events = std::strtoull (argv[1], nullptr, 10), pending = std::strtoull (argv[2], nullptr, 10);
  table.left = events + events / 10;
  table.warm = events;
  for (uint64_t i = 0; i < pending; i++)
    table.Throw (0, i);
  engine.run ();
  std::printf ("%s %.1f\n", argv[2],
               static_cast<double> (table.end - table.start) * 1e9 / CLOCKS_PER_SEC / static_cast<double> (events));
  return 0;
}
