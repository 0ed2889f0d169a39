/* SPDX-License-Identifier: MIT
 * What the files about pipes share (pipe.c). */
#ifndef LIBOS_PIPE_H
#define LIBOS_PIPE_H

#include "libos.h"

struct pipe *pipe_head(const struct file *f);
bool pipe_attach(struct file *f, uint64_t n);
void pipe_lock(struct pipe *p);
void pipe_unlock(struct pipe *p);
void pipe_unlock_and_wake(const struct file *f, struct pipe *p);
void pipe_sleep_on(struct pipe *p);
int64_t pipe_wait_until(const struct file *f, struct pipe *p, uint64_t deadline);
int64_t pipe_wait(const struct file *f, struct pipe *p);
uint32_t pipe_filled(const struct pipe *p);

#endif
