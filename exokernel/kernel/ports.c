/* SPDX-License-Identifier: MIT
 * I/O ports of devices that the kernel does not use itself. The ports of a device have one owner.
 * Each access is a system call, so no other port can be reached. */
#include "account.h"
#include "syscalls.h"
#include "x86.h"

static struct device {
    uint16_t first, count;
    bool owned;
} devices[] = {
    { 0x40, 4, false }, /* interval timer */
    { 0x70, 2, false }, /* real-time clock */
};
enum { DEVICES_COUNT = sizeof devices / sizeof *devices };

/* Let the ports of a device have no owner. */
void ports_release(uint32_t device) { devices[device].owned = false; }

/* The device whose ports begin at `first`, or FB_EINVALID. O(devices). */
int64_t ports_of(uint64_t first)
{
    for (uint32_t i = 0; i < DEVICES_COUNT; i++)
        if (devices[i].first == first)
            return i;
    return FB_EINVALID;
}

/* FB_EBUSY if somebody owns the ports that begin at `first`. */
int64_t ports_are_owned(uint64_t first)
{
    return devices[ports_of(first)].owned ? FB_EBUSY : FB_OK;
}

/* Make the caller own the ports of the device that begins at `first`. O(devices). */
int64_t sys_ioport_alloc(uint64_t first)
{
    struct env *me = current_env();
    const int64_t i = ports_of(first);

    if (i < 0)
        return i;
    kernel_lock();
    int64_t id = me->account->named & ACCOUNT_PORTS(i) ? FB_EBUSY : FB_EDENIED;
    if (id == FB_EBUSY && !devices[i].owned) {
        id = cap_create(me, CAP_IOPORT, (uint32_t)i, EXO_RIGHTS_ALL, 0);
        devices[i].owned = id > 0;
    }
    kernel_unlock();
    return id;
}

/* FB_OK if the capability covers this port with this right. O(1). */
static int64_t check_port(cap_id_t id, uint64_t port, uint32_t right)
{
    const struct cap_slot *slot = env_open(current_env(), id);

    if (!slot)
        return FB_ESTALE;
    if (slot->entry.type != CAP_IOPORT)
        return FB_EINVALID;
    if (!cap_has_rights(slot->entry.rights, right))
        return FB_EDENIED;
    const struct device *device = &devices[slot->entry.resource];
    return port - device->first < device->count ? FB_OK : FB_EINVALID;
}

int64_t sys_ioport_in(cap_id_t id, uint64_t port)
{
    kernel_lock();
    int64_t result = check_port(id, port, EXO_RIGHT_R);
    if (!result)
        result = x86_in8((uint16_t)port);
    kernel_unlock();
    return result;
}

int64_t sys_ioport_out(cap_id_t id, uint64_t port, uint64_t byte)
{
    kernel_lock();
    int64_t error = check_port(id, port, EXO_RIGHT_W);
    if (!error && byte > UINT8_MAX)
        error = FB_EINVALID;
    if (!error)
        x86_out8((uint16_t)port, (uint8_t)byte);
    kernel_unlock();
    return error;
}
