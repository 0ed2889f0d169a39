/* SPDX-License-Identifier: MIT
 * PCI functions and what they reach. */
#ifndef FEUERBIRD_KERNEL_PCI_H
#define FEUERBIRD_KERNEL_PCI_H

#include "env.h"
#include "iommu.h"

/* The rights that a capability for registers may have. It lacks R, so exo_protect, which leaves out
 * that they are not to be cached, is refused. */
enum { REGISTER_RIGHTS = EXO_RIGHT_W | EXO_RIGHT_CTL | EXO_RIGHT_DELEGATE };

enum { PCI_BARS = 6 };

/* A function of a device. */
struct function {
    uint16_t name; /* bus << 8 | device << 3 | function */
    uint32_t identity;
    struct env *owner;
    struct range bar[PCI_BARS]; /* whole pages of registers; empty: none that can be mapped */
    struct domain domain;       /* the pages that it reaches */
    uint64_t refused;           /* EXO_DMA_...: the first access since the owner asked */
    uint64_t listener, line;    /* who is to hear of it: an environment's number, its line */
};
extern struct function pci_functions[EXO_PCI_MAX];
extern uint32_t pci_count;

/* kernel/pci.c */
void pci_init(const struct boot_info *boot);
int64_t pci_named(struct env *me, cap_id_t id, uint32_t rights, struct function **out);
void pci_release(uint32_t place);
int64_t pci_of(uint64_t name);
int64_t pci_is_owned(uint64_t name);
void pci_stop_master(const struct function *f);
/* kernel/dma.c */
void dma_forget(const struct cap_node *node);
uint64_t pci_tables(const struct env *env);
bool pci_audit_mapping(const struct cap_node *node, const struct cap_entry *entry,
                       uint32_t mapped[EXO_PCI_MAX]);
bool pci_audit(const uint32_t mapped[EXO_PCI_MAX]);

#endif
