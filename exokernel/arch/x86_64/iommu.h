/* SPDX-License-Identifier: MIT
 * Intel's VT-d: which pages a device reaches. Every device has a domain of its own or none, and
 * then its accesses are refused. The kernel lock is held. */
#ifndef FEUERBIRD_IOMMU_H
#define FEUERBIRD_IOMMU_H

#include "kernel.h"

/* The pages that one device reaches, by device address from 0 to EXO_DMA_WINDOW. */
struct domain {
    uint64_t serial;   /* never used twice; 0: there is no domain */
    uint64_t root;     /* its first table */
    uint64_t tables;   /* all, in a chain */
    uint32_t made;     /* how many */
    uint32_t mapped;   /* pages that it reaches */
    uint16_t function; /* its device: bus << 8 | device << 3 | function */
    uint16_t number;   /* in the IOMMU's cache, from 1 */
};

bool iommu_init(const struct iommu_place *place);
bool iommu_covers(uint16_t function);
int64_t iommu_reach(struct domain *domain, struct env *payer, uint64_t address, uint64_t **entry);
void iommu_map(const struct domain *domain, uint64_t *entry, uint64_t address, uint64_t page,
               uint64_t rights);
void iommu_unmap(struct domain *domain, uint64_t address);
uint64_t iommu_entry(const struct domain *domain, uint64_t address);
uint32_t iommu_pages(const struct domain *domain);
void iommu_close(struct domain *domain, struct env *payer);
void iommu_report(const struct domain *domain, bool on);
void iommu_drain(void);
void iommu_interrupt(void);

#endif
