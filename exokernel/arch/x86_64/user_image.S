/* SPDX-License-Identifier: MIT
 * The ring-3 image (user/), linked for EXO_IMAGE. Whole pages, read-only in the kernel, too. */
    .section .rodata
    .global user_image, user_image_end
    .balign 4096
user_image:
    .incbin USER_IMAGE
    .balign 4096
user_image_end:

    .section .note.GNU-stack, "", @progbits
