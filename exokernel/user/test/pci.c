/* SPDX-License-Identifier: MIT
 * PCI functions as capabilities, with QEMU's edu: a device made for teaching, which computes,
 * raises its line, and copies between its own buffer and memory. */
#include "edu.h"
#include "test.h"

enum { NOT_CACHED = 0x10 };

/* Own the function at this place among those with this identity. 0: there is none. */
cap_id_t test_function(uint64_t identity, uint64_t place)
{
    int64_t found;

    for (uint64_t i = 0; (found = exo_pci_list(i)) >= 0; i++) {
        if ((uint64_t)found >> 16 == identity && !place--) {
            const int64_t id = exo_pci_alloc(found & 0xffff);
            return id > 0 ? (cap_id_t)id : 0;
        }
    }
    return 0;
}

/* Whether there is such a device that has this result when it is to use memory. */
static bool has(uint64_t identity, int64_t result)
{
    const cap_id_t f = test_function(identity, 0);
    const bool so = f && exo_pci_command(f, EXO_PCI_MASTER) == result;

    exo_cap_drop(f);
    return so;
}

bool test_has_device(void) { return has(TEST_EDU, FB_OK); }
bool test_has_bare(void) { return has(TEST_EDU, FB_EUNSUPPORTED); }
bool test_has_disk(void) { return has(TEST_BLOCK, FB_OK); }

bool test_has_network(void)
{
    const cap_id_t one = test_function(TEST_NET, 0), other = test_function(TEST_NET, 1);
    const bool so = one && other && exo_pci_command(other, EXO_PCI_MASTER) == FB_OK;

    exo_cap_drop(one);
    exo_cap_drop(other);
    return so;
}

/* Without an IOMMU a device has registers and a line, but does not reach memory. */
void test_no_iommu(struct test *t)
{
    const cap_id_t f = edu_open(), page = (cap_id_t)exo_alloc_page(EXO_ANY);

    CHECK(t, edu_read(EDU_IDENTITY) == 0x010000ed);
    CHECK(t, exo_pci_command(f, EXO_PCI_MEMORY | EXO_PCI_MASTER) == FB_EUNSUPPORTED);
    CHECK(t, (exo_pci_read(f, 4) & EXO_PCI_COMMAND) == EXO_PCI_MEMORY);
    CHECK(t, exo_dma_map(f, page, 0, RW) == FB_EUNSUPPORTED);
    CHECK(t, exo_dma_refused(f, 0) == 0);
    exo_unbind_page(page);
    exo_cap_drop(f);
}

void test_functions(struct test *t)
{
    int64_t found, before = -1;
    uint64_t i = 0;

    for (; (found = exo_pci_list(i)) >= 0; i++) {
        const int64_t f = exo_pci_alloc(found & 0xffff);
        CHECK(t, f > 0 && exo_pci_read((cap_id_t)f, 0) == found >> 16);
        CHECK(t, exo_pci_read((cap_id_t)f, 8) >> 24 != 6); /* bridges are the kernel's */
        CHECK(t, (exo_pci_read((cap_id_t)f, 4) & EXO_PCI_COMMAND) == EXO_PCI_NO_LINE);
        CHECK(t, exo_pci_alloc(found & 0xffff) == FB_EBUSY);
        CHECK(t, exo_cap_drop((cap_id_t)f) == FB_OK);
        CHECK(t, (found & 0xffff) > before);
        before = found & 0xffff;
    }
    CHECK(t, i > 0 && i <= EXO_PCI_MAX && exo_pci_list(-1ul) == FB_EINVALID);
    CHECK(t, exo_pci_alloc(0) == FB_EINVALID); /* the host bridge */
    CHECK(t, exo_pci_alloc(-1ul) == FB_EINVALID);
    const cap_id_t f = test_function(TEST_EDU, 0);
    CHECK(t, exo_pci_read(f, 2) == FB_EINVALID && exo_pci_read(f, 256) == FB_EINVALID);
    CHECK(t, exo_pci_read(f, 252) >= 0 && exo_pci_command(f, 0x100) == FB_EINVALID);
    CHECK(t, exo_pci_command(f, 1ul << 32) == FB_EINVALID);
    CHECK(t, exo_pci_command(f, EXO_PCI_COMMAND) == FB_OK);
    CHECK(t, (exo_pci_read(f, 4) & EXO_PCI_COMMAND) == EXO_PCI_COMMAND);
    exo_cap_drop(f);
}

/* A receiver whose buffer are registers: the kernel must survive a message to it. */
int64_t test_device_receiver(uint64_t a, uint64_t b)
{
    (void)b;
    for (;;)
        exo_recv(0, (void *)EDU, a);
}

void test_registers_of_device(struct test *t)
{
    const cap_id_t f = test_function(TEST_EDU, 0), reader = (cap_id_t)exo_derive(f, EXO_RIGHT_R);
    const cap_id_t registers = (cap_id_t)exo_pci_page(f, 0, 0), env = (cap_id_t)lib_create(0);
    uint64_t entry = 0, word[8] = { 0 };

    CHECK(t, exo_pci_page(f, 0, 255) > 0 && exo_pci_page(f, 0, 256) == FB_EINVALID);
    CHECK(t, exo_pci_page(f, 1, 0) == FB_EINVALID && exo_pci_page(f, 6, 0) == FB_EINVALID);
    CHECK(t, exo_pci_page(f, -1ul, 0) == FB_EINVALID && exo_pci_page(f, 0, -1ul) == FB_EINVALID);
    CHECK(t, exo_pci_page(reader, 0, 0) == FB_EDENIED);
    CHECK(t, exo_map(0, registers, EDU, EXO_RIGHT_R) == FB_EINVALID);
    CHECK(t, exo_map(0, registers, EDU, RW | EXO_RIGHT_X) == FB_EINVALID);
    CHECK(t, exo_map(0, registers, EDU + 8, RW) == FB_EADDRESS);
    CHECK(t, exo_map(0, registers, EXO_IMAGE, RW) == FB_EADDRESS);
    CHECK(t, exo_map(0, f, EDU, RW) == FB_EINVALID);
    CHECK(t, exo_map_pages(0, &registers, 1, EDU, RW) == FB_EINVALID);
    const cap_id_t weak = (cap_id_t)exo_derive(registers, EXO_RIGHT_CTL);
    CHECK(t, exo_map(0, weak, EDU, RW) == FB_EDENIED);
    CHECK(t, exo_map(0, registers, EDU, RW) == FB_OK);
    CHECK(t, exo_map(0, registers, EDU + FB_PAGE_SIZE, RW) == FB_EEXISTS);
    CHECK(t, exo_entries(EDU, 1, &entry) == FB_OK && entry & NOT_CACHED);
    CHECK(t, exo_protect(0, registers, RW) == FB_EDENIED);
    CHECK(t, exo_protect_pages(0, &registers, 1, RW) == FB_EDENIED);
    CHECK(t, exo_entries(EDU, 1, &entry) == FB_OK && entry & NOT_CACHED);
    exo_pci_command(f, EXO_PCI_MEMORY);
    CHECK(t, edu_read(EDU_IDENTITY) == 0x010000ed);
    edu_write(EDU_CHECK, 0x12345678);
    CHECK(t, edu_read(EDU_CHECK) == (uint32_t)~0x12345678);
    edu_write(EDU_FACTORIAL, 10);
    for (const uint64_t from = fp_time(); edu_read(EDU_STATUS) & 1 && fp_time() - from < PATIENCE;)
        exo_yield_to(0);
    CHECK(t, edu_read(EDU_FACTORIAL) == 3628800);

    const cap_id_t there = lib_give(env, registers, EXO_RIGHT_W | EXO_RIGHT_CTL);
    CHECK(t, exo_map(env, there, EDU, RW) == FB_OK);
    CHECK(t, lib_start(env, PROGRAM_test_device_receiver, 64, 0) == FB_OK);
    exo_yield_to(env);
    const uint64_t v[6] = { env, (uint64_t)word, EXO_MEMORY | 64 };
    const int64_t sent = test_raw(SYS_send, v);
    CHECK(t, sent == FB_EADDRESS);
    exo_env_destroy(env);

    CHECK(t, exo_unmap_pages(0, &registers, 1) == 1);
    CHECK(t, exo_map(0, registers, EDU, RW) == FB_OK);
    exo_pci_command(f, 0); /* it does not answer any more */
    CHECK(t, edu_read(EDU_IDENTITY) != 0x010000ed);
    CHECK(t, exo_cap_drop(f) == FB_OK); /* with its registers and their mapping */
    CHECK(t, exo_entries(EDU, 1, &entry) == FB_OK && entry == 0);
    CHECK(t, exo_map(0, registers, EDU, RW) == FB_ESTALE);
}

/* The line stays high until the device is served: masked until it is acknowledged, and fires again
 * if it still is high then. */
void test_device_line(struct test *t)
{
    const cap_id_t f = edu_open();
    const int64_t number = exo_pci_read(f, 0x3c) & 0xff;
    const cap_id_t line = (cap_id_t)exo_irq_alloc((uint64_t)number, EXO_RIGHTS_ALL);

    CHECK(t, (int64_t)line > 0);
    edu_write(EDU_RAISE, 1);
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1);
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT); /* a storm is one event */
    CHECK(t, exo_irq_ack(line) == FB_OK);
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1); /* still high */
    edu_write(EDU_LOWER, 1);
    CHECK(t, exo_irq_ack(line) == FB_OK);
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT);
    CHECK(t, exo_pci_command(f, EXO_PCI_MEMORY | EXO_PCI_NO_LINE) == FB_OK);
    edu_write(EDU_RAISE, 1);
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT);
    CHECK(t, exo_pci_command(f, EXO_PCI_MEMORY) == FB_OK);
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1);
    exo_cap_drop(f); /* its owner has gone with the line high: nobody hears of it */
    exo_irq_ack(line);
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT);
    const cap_id_t again = edu_open();
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1);
    edu_write(EDU_LOWER, 1);
    exo_cap_drop(line);
    exo_cap_drop(again);
}
