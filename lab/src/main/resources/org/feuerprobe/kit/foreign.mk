# The C code that is measured. Made by feuerprobe new.
# The compiler's own headers come first, then the code's, then those of include/.
FOREIGN_CFLAGS = $(ARCH) -O2 -g -ffreestanding -fno-stack-protector -fno-pic -nostdinc \
		 -I$(shell $(CC) -print-file-name=include)
# As it is linked: EDIT has options of objcopy for one file.
build/foreign/%: build/raw/% foreign.mk
	@mkdir -p build/foreign
	$(OBJCOPY) $(EDIT) $< $@
