/* SPDX-License-Identifier: MIT
 * Panic: reports on the serial line, to the probe and by the exit code, and ends the boot. */
#include "kernel.h"

#include "feuerprobe.h"

/* End the boot as a panic. A second panic meanwhile ends it at once. */
_Noreturn void panic_at(const char *message, uint64_t code, uint64_t detail, uint64_t pc,
                        uint64_t address)
{
    static bool panicking;

    if (!panicking) {
        panicking = true;
        fp_panic(0, code, detail, pc, address, message);
    }
    machine_exit(EXIT_PANIC);
}

/* Panic because the kernel is inconsistent or lacks what it needs. */
_Noreturn void panic(uint64_t code, const char *message)
{
    print("\nPANIC: %s (code %lu)\n", message, code);
    panic_at(message, code, 0, (uint64_t)__builtin_return_address(0), 0);
}
