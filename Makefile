# Feuerprobe. `make validate` decides the bounds, `make test` runs every test. Both install missing packages first.

JAVA_HOME := $(shell scripts/find-jdk 2>/dev/null)
export JAVA_HOME
# Without this, JDK 25 warns about Maven 3.8's own libraries.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow
MVN := mvn --batch-mode --no-transfer-progress --quiet -Dstyle.color=never
# One compiler per processor.
JOBS := -j$(shell nproc)
.PHONY: help validate test test-style test-hosts test-fast test-one gate test-ci release test-release selftest benchmark test-browser pictures test-kill bench-archive mutants mutants-compare setup build kernel kernel-variants test-kernel test-java format clean peers

help:
	@echo "make validate          set up, build, boot the exokernel, decide its bounds, write the report"
	@echo "make test              set up and run all tests, Java and kernel"
	@echo "make test-hosts        run the Java tests on stand-ins for other machines; HOSTS='no-kvm turkish' TESTS=DoctorTests selects"
	@echo "make test-style        check the layout of C, and all scripts with shellcheck"
	@echo "make test-fast         run the Java tests that boot nothing, without Error Prone"
	@echo "make test-one TEST=BoundsFileTests   run one test class"
	@echo "make gate              compare the kernel's instruction counts with baseline/instructions.json (seconds)"
	@echo "make test-ci           run the steps of docs/ci/*.yml"
	@echo "make release           pack the archive for others, with its own Java and kernels, into build/release"
	@echo "make test-release      run it without JDK, Maven and compiler; build it twice and compare the bytes"
	@echo "make selftest          measure how often the verdict engine is wrong, with 40 seeds per cell (minutes)"
	@echo "make benchmark         measure how many data sets the engine decides per second, with JMH"
	@echo "make test-browser      open reports in a headless Chromium; screenshots go to target/browser"
	@echo "make test-profiles     let callgrind_annotate, pprof and speedscope's schema read profiles"
	@echo "make test-cluster      run a campaign as an array job of Debian's Slurm on loopback"
	@echo "make test-boards       let labgrid boot a board that a pseudo-terminal plays, and LAVA read our job and results"
	@echo "make simulate-cluster  simulate 1,000,000 boots on 1,000 workers, of which some fail or lie"
	@echo "make pictures          make the pictures of terminal and report in docs/images"
	@echo "make test-kill         kill the writing of results 200 times, fill a disk, flip bits"
	@echo "make test-real-time    run random real-time task sets in the emulator against their analysis; SETS=200"
	@echo "make bench-archive     measure how fast 100 million samples are stored and read back"
	@echo "make mutants           show that a test or a verdict catches every planted defect of the kernel"
	@echo "make mutants-generated  measure how many generated defects of the kernel the tests notice; COUNT=200 SEED=1 ONLY=kernel/irq.c ALL=1"
	@echo "make mutants-java      show that tests notice defects in the Java that decides; PACKAGE='bound sample' selects"
	@echo "make mutants-compare   show that compare reports operation and size of every planted change of cost"
	@echo "make setup             install missing packages"
	@echo "make build             build only the program, ./feuerprobe"
	@echo "make peers             fetch a Linux guest for ./feuerprobe bench --target linux-guest"
	@echo "make format            lay out all Java and C files"
	@echo "make clean             remove build output, but not results"

validate: build kernel
	@./feuerprobe validate

test: setup test-style test-kernel test-java

gate: build kernel
	@./feuerprobe gate

test-ci: release
	@scripts/test-ci

release: | setup
	@scripts/release

test-release: release
	@scripts/test-release

selftest: build
	@./feuerprobe selftest

benchmark: setup
	@scripts/benchmark

mutants: build kernel
	@scripts/mutants

# Not part of make test, because PIT runs the tests of a package once per defect.
.PHONY: mutants-java
mutants-java: | setup
	@scripts/mutants-java $(PACKAGE)

# Not part of make test, because each defect needs a build and the guest tests. SEED, COUNT, ONLY and ALL select.
.PHONY: mutants-generated
mutants-generated: kernel
	@SEED='$(SEED)' COUNT='$(COUNT)' ONLY='$(ONLY)' ALL='$(ALL)' scripts/mutants-generated

mutants-compare: build kernel
	@scripts/mutants-compare

setup:
	@scripts/setup

build: | setup
	@scripts/build

kernel: | setup
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel

# Checks the layout of C, and the scripts. test-java checks the layout of Java. A missing checker is reported.
test-style:
	@scripts/setup checkers
	@scripts/format-c --check
	@scripts/check-scripts

# The Java tests compare these variants with the kernel.
kernel-variants: kernel
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel CAP_ALLOC=scan
	@$(MAKE) $(JOBS) --no-print-directory -s -C exokernel ZONE_ALLOC=firstfit

test-kernel: | setup
	@$(MAKE) --no-print-directory -s -C plugin test
	@$(MAKE) --no-print-directory -C exokernel test

# Builds the kernels first, because the Java tests need them. Surefire's last line has the number of tests.
test-java: kernel-variants | setup
	@mvn --batch-mode --no-transfer-progress -Dstyle.color=never verify

# Skips Error Prone, and tests that boot a kernel, start another program or take long.
# The JIT's first tier alone saves more processor time than it costs here.
FAST := MAVEN_OPTS="$(MAVEN_OPTS) -XX:TieredStopAtLevel=1 -XX:+UseSerialGC" $(MVN) -Dfast -Dsurefire.failIfNoSpecifiedTests=false test
test-fast: | setup
	@$(FAST) -DexcludedGroups="boots|slow"
# Runs in the module with the test, and builds the modules below it.
test-one: | setup
	@module=$$(find engine lab app -path '*/src/test/*/$(TEST).java' | cut -d/ -f1); \
	  [ -n "$$module" ] || { echo "test-one: no class $(TEST): type make test-one TEST=BoundsFileTests" >&2; exit 2; }; \
	  $(FAST) -pl "$$module" -am -Dtest='$(TEST)'

# Not part of make test, because it runs the Java tests once per host. HOSTS and TESTS select some.
test-hosts: kernel-variants | setup
	@HOSTS='$(HOSTS)' TESTS='$(TESTS)' scripts/test-hosts

# A Linux guest to compare with the exokernel in the same emulator. It is fetched, but not installed.
peers:
	@$(MAKE) --no-print-directory -C peers guest
# Not part of make test, because it needs Node and Chromium. If one is missing, it says so and succeeds.
test-browser: build kernel
	@$(MVN) -Dfast test-compile
	@scripts/test-browser

# Not part of make test, because it needs Node, Valgrind and Go. It skips what is missing, and says so.
.PHONY: test-profiles
test-profiles: build kernel
	@scripts/test-profile-formats

# Not part of make test, because it starts daemons of Slurm. If Slurm is missing, it says so and succeeds.
.PHONY: test-cluster
test-cluster: build kernel
	@scripts/test-cluster

# Not part of make test, because it needs labgrid and LAVA. It skips what is missing, and says so.
.PHONY: test-boards
test-boards: build kernel
	@scripts/test-boards

# Not part of make test, because it takes minutes.
.PHONY: simulate-cluster
simulate-cluster: build
	@$(MVN) -Dfast test-compile
	@"$(JAVA_HOME)/bin/java" -Xmx2g -cp "lab/target/test-classes:$$(cat build/classpath)" org.feuerprobe.shard.ClusterSimulation

# The pictures in README.md. It needs Chromium, and says so if that is missing.
pictures: build kernel
	@scripts/pictures

# Not part of make test, because every kill starts a Java process. make test uses KILLS=20.
KILLS ?= 200
test-kill: | setup
	@$(MVN) -pl lab -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest='KillTests,BlockFileTests,ResultsFolderTests' -Dkills=$(KILLS)

SAMPLES ?= 100000000
bench-archive: build
	@$(MVN) -Dfast test-compile
	@"$(JAVA_HOME)/bin/java" --enable-native-access=ALL-UNNAMED -Xmx1g -XX:+UseSerialGC \
	  -cp "lab/target/test-classes:$$(cat build/classpath)" org.feuerprobe.archive.ArchiveBenchmark $(SAMPLES) $${TMPDIR:-/tmp}

# Not part of make test, which runs 6 sets: random task sets on the scheduler in ring 3, against the analysis.
SETS ?= 200
.PHONY: test-real-time
test-real-time: kernel
	@$(MVN) -Dfast -pl lab -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=TrialTests -Dsets=$(SETS)

format: | setup
	@scripts/setup checkers
	@scripts/format-c
	@$(MVN) spotless:apply

clean:
	@rm -rf build target engine/target lab/target app/target plugin/build
	@$(MAKE) --no-print-directory -s -C exokernel clean
