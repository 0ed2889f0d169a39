/* SPDX-License-Identifier: MIT
 * Holds feuerprobe.h to docs/probe.md: every offset and every size. Not needed in a kernel. */
#include "feuerprobe.h"

#define AT(type, field, offset) _Static_assert(offsetof(struct type, field) == (offset), #field)
#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type)

AT(fp_param, name, 0);
AT(fp_param, min, 16);
AT(fp_param, max, 24);
SIZE(fp_param, 32);

AT(fp_plan, magic, 0);
AT(fp_plan, major, 8);
AT(fp_plan, minor, 10);
AT(fp_plan, crc, 12);
AT(fp_plan, length, 16);
AT(fp_plan, entries, 20);
AT(fp_plan, seed, 24);
AT(fp_plan, output_base, 32);
AT(fp_plan, output_size, 40);
AT(fp_plan, boot, 48);
AT(fp_plan, flags, 52);
AT(fp_plan, reserved, 56);
SIZE(fp_plan, 64);

AT(fp_entry, benchmark, 0);
AT(fp_entry, params, 48);
AT(fp_entry, samples, 80);
AT(fp_entry, warmup, 84);
AT(fp_entry, batch, 88);
AT(fp_entry, metric, 92);
AT(fp_entry, cpu, 96);
AT(fp_entry, peer, 98);
AT(fp_entry, flags, 100);
AT(fp_entry, reserved, 104);
SIZE(fp_entry, 128);

AT(fp_panic, magic, 0);
AT(fp_panic, cpu, 4);
AT(fp_panic, code, 8);
AT(fp_panic, detail, 16);
AT(fp_panic, pc, 24);
AT(fp_panic, address, 32);
AT(fp_panic, message, 40);
SIZE(fp_panic, 512);

AT(fp_header, magic, 0);
AT(fp_header, major, 8);
AT(fp_header, minor, 10);
AT(fp_header, header_size, 12);
AT(fp_header, heartbeat, 16);
AT(fp_header, done, 24);
AT(fp_header, total, 32);
AT(fp_header, written, 40);
AT(fp_header, state, 48);
AT(fp_header, error, 52);
AT(fp_header, plan_crc, 56);
AT(fp_header, boot, 60);
AT(fp_header, calls, 64);
AT(fp_header, reserved0, 128);
AT(fp_header, panic, 1024);
AT(fp_header, reserved1, 1536);
SIZE(fp_header, 4096);

AT(fp_record, type, 0);
AT(fp_record, version, 2);
AT(fp_record, length, 4);
AT(fp_record, crc, 8);
AT(fp_record, sequence, 12);
SIZE(fp_record, 16);

AT(fp_kernel, record, 0);
AT(fp_kernel, name, 16);
AT(fp_kernel, version, 48);
AT(fp_kernel, build, 80);
AT(fp_kernel, cpus, 272);
AT(fp_kernel, clock, 276);
AT(fp_kernel, clock_hz, 280);
AT(fp_kernel, features, 288);
AT(fp_kernel, reserved, 296);
SIZE(fp_kernel, 304);

AT(fp_catalogue, record, 0);
AT(fp_catalogue, name, 16);
AT(fp_catalogue, operation, 64);
AT(fp_catalogue, ring, 112);
AT(fp_catalogue, cache, 113);
AT(fp_catalogue, cpus, 114);
AT(fp_catalogue, nparams, 115);
AT(fp_catalogue, flags, 116);
AT(fp_catalogue, params, 120);
AT(fp_catalogue, effect, 248);
AT(fp_catalogue, each, 352);
AT(fp_catalogue, reserved, 356);
SIZE(fp_catalogue, 400);

AT(fp_samples, record, 0);
AT(fp_samples, entry, 16);
AT(fp_samples, stream, 20);
AT(fp_samples, metric, 22);
AT(fp_samples, cpu, 24);
AT(fp_samples, first, 28);
AT(fp_samples, count, 32);
AT(fp_samples, batch, 36);
AT(fp_samples, values, 40);
SIZE(fp_samples, 40);

AT(fp_result, record, 0);
AT(fp_result, entry, 16);
AT(fp_result, status, 20);
AT(fp_result, checks, 24);
AT(fp_result, failures, 32);
AT(fp_result, reserved, 40);
AT(fp_result, message, 48);
SIZE(fp_result, 176);

AT(fp_end, record, 0);
AT(fp_end, records, 16);
AT(fp_end, entries, 20);
AT(fp_end, ticks, 24);
SIZE(fp_end, 32);
