/* SPDX-License-Identifier: MIT
 * The rows of the ring-3 benchmarks, read into the table of table.c. */
#define RING3_HOT .ring = 3, .cache = 0, .cpus = 1
#define RING3_TWO .ring = 3, .cache = 0, .cpus = 2
#define BYTES(least, most) .nparams = 1, .params = { { "bytes", least, most } }

    { "null_syscall", "null_syscall", "the call returns 0", RING3_HOT, .run = ring3_null_syscall },
    { "exo_send/round_trip", "exo_send",
      "the answer holds every word sent, first and last incremented by the other side",
      RING3_HOT, BYTES(0, 4096), .run = ring3_round_trip },
    { "exo_send/round_trip_other_cpu", "exo_send",
      "the answer holds every word sent, first and last incremented by the other side",
      RING3_TWO, BYTES(0, 4096), .run = ring3_round_trip_other },
    { "exo_call/round_trip", "exo_call",
      "the answer holds every word sent, first and last incremented by the other side",
      RING3_HOT, BYTES(0, 4096), .run = ring3_call },
    { "exo_send/one_way", "exo_send", "the receiver has the length and the last word",
      RING3_HOT, BYTES(0, 4096), .run = ring3_one_way },
    { "exo_send/one_way_other_cpu", "exo_send", "the receiver has the length and the last word",
      RING3_TWO, BYTES(0, 4096), .run = ring3_one_way_other },
