# Feuerprobe. `make validate` decides the bounds, `make test` runs every test; both set up what is missing.

JAVA_HOME := $(shell scripts/find-jdk 2>/dev/null)
export JAVA_HOME
# Maven 3.8's own libraries use what JDK 25 warns about.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow
MVN := mvn --batch-mode --no-transfer-progress --quiet -Dstyle.color=never
# One compiler a processor.
JOBS := -j$(shell nproc)
.PHONY: help validate test test-style test-hosts test-fast test-one gate test-ci selftest benchmark test-browser test-kill bench-archive mutants mutants-compare setup build kernel test-kernel test-java format clean peers

help:
	@echo "make validate   set up, build, boot the exokernel, decide its bounds, write the report"
	@echo "make test       set up, run all tests, Java and kernel"
	@echo "make test-hosts run the Java tests on stand-ins for other machines; HOSTS='no-kvm turkish' TESTS=DoctorTests"
	@echo "make test-style the layout of C, and shellcheck on all scripts"
	@echo "make test-fast  the Java tests that boot nothing, without Error Prone"
	@echo "make test-one TEST=BoundsFileTests   one test class"
	@echo "make gate       hold the kernel's instruction counts against baseline/instructions.json (seconds)"
	@echo "make test-ci    do what docs/ci/*.yml do, step by step"
	@echo "make selftest   how often the verdict engine is wrong, every row with 40 seeds a cell (minutes)"
	@echo "make benchmark  data sets a second through the engine, by JMH"
	@echo "make test-browser open reports in a headless Chromium; screenshots in target/browser"
	@echo "make test-kill     kill the writing of results 200 times, fill a disk, flip bits"
	@echo "make bench-archive  how fast 100 million samples are stored and read back"
	@echo "make mutants    show that every planted defect of the kernel turns a test or a verdict red"
	@echo "make mutants-compare  show that compare names operation and size of each planted change of cost"
	@echo "make setup      install what is missing"
	@echo "make build      the program alone: then use ./feuerprobe"
	@echo "make peers      fetch a Linux guest for ./feuerprobe bench --target linux-guest"
	@echo "make format     lay out all Java and C files"
	@echo "make clean      remove what was built, not the results"

validate: build kernel
	@./feuerprobe validate

test: setup test-style test-kernel test-java

gate: build kernel
	@./feuerprobe gate

test-ci: build kernel
	@MEASURE='--only cap_table_alloc' scripts/test-ci

selftest: build
	@./feuerprobe selftest

benchmark: setup
	@scripts/benchmark

mutants: build kernel
	@scripts/mutants

mutants-compare: build kernel
	@scripts/mutants-compare

setup:
	@scripts/setup

build: | setup
	@scripts/build

kernel: | setup
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel

# The layout of C, and the scripts; Java's layout is a part of test-java. A missing checker is reported.
test-style:
	@scripts/setup checkers
	@scripts/format-c --check
	@scripts/check-scripts

test-kernel: | setup
	@$(MAKE) --no-print-directory -s -C plugin test
	@$(MAKE) --no-print-directory -C exokernel test

# The kernels are built first, so that the Java tests find them; their count is Surefire's closing line.
test-java: kernel | setup
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel CAP_ALLOC=scan
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel ZONE_ALLOC=firstfit
	@mvn --batch-mode --no-transfer-progress -Dstyle.color=never verify

# Without Error Prone, and without what boots a kernel, starts another program or takes long.
# The quick compiler takes less processor time than it saves.
FAST := MAVEN_OPTS="$(MAVEN_OPTS) -XX:TieredStopAtLevel=1 -XX:+UseSerialGC" $(MVN) -Dfast -Dsurefire.failIfNoSpecifiedTests=false test
test-fast: | setup
	@$(FAST) -DexcludedGroups="boots|slow"
# In the module that has it, and those below.
test-one: | setup
	@module=$$(find engine lab app -path '*/src/test/*/$(TEST).java' | cut -d/ -f1); \
	  [ -n "$$module" ] || { echo "test-one: no class $(TEST): type make test-one TEST=BoundsFileTests" >&2; exit 2; }; \
	  $(FAST) -pl "$$module" -am -Dtest='$(TEST)'

# Its own target: it runs the Java tests once a host. HOSTS and TESTS choose some.
test-hosts: kernel | setup
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel CAP_ALLOC=scan
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel ZONE_ALLOC=firstfit
	@HOSTS='$(HOSTS)' TESTS='$(TESTS)' scripts/test-hosts

# A Linux to set beside the exokernel, in the same emulator; fetched, never installed.
peers:
	@$(MAKE) --no-print-directory -C peers guest
# Its own target: it needs Node and Chromium, and says so where they are missing.
test-browser: build kernel
	@$(MVN) -Dfast test-compile
	@scripts/test-browser

# Its own target: every kill costs the start of a Java. KILLS=20 is what make test does.
KILLS ?= 200
test-kill: | setup
	@$(MVN) -pl lab -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest='KillTests,BlockFileTests,ResultsFolderTests' -Dkills=$(KILLS)

SAMPLES ?= 100000000
bench-archive: build
	@$(MVN) -Dfast test-compile
	@"$(JAVA_HOME)/bin/java" --enable-native-access=ALL-UNNAMED -Xmx1g -XX:+UseSerialGC \
	  -cp "lab/target/test-classes:$$(cat build/classpath)" org.feuerprobe.archive.ArchiveBenchmark $(SAMPLES) $${TMPDIR:-/tmp}

format: | setup
	@scripts/setup checkers
	@scripts/format-c
	@$(MVN) spotless:apply

clean:
	@rm -rf build target engine/target lab/target app/target plugin/build
	@$(MAKE) --no-print-directory -s -C exokernel clean
