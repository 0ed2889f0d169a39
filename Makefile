# Feuerprobe. `make validate` decides the bounds, `make test` runs every test; both set up what is missing.

JAVA_HOME := $(shell scripts/find-jdk 2>/dev/null)
export JAVA_HOME
# Maven 3.8's own libraries use what JDK 25 warns about.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow
MVN := mvn --batch-mode --no-transfer-progress --quiet -Dstyle.color=never
JAR := target/feuerprobe.jar
SOURCES := $(shell find src/main -type f) pom.xml

.PHONY: help validate test selftest benchmark test-browser mutants setup build kernel test-kernel test-java format clean peers

help:
	@echo "make validate   set up, build, boot the exokernel, decide its bounds, write the report"
	@echo "make test       set up, run all tests, Java and kernel"
	@echo "make selftest   how often the verdict engine is wrong, every row with 40 seeds a cell (minutes)"
	@echo "make benchmark  data sets a second through the engine, by JMH"
	@echo "make test-browser open reports in a headless Chromium; screenshots in target/browser"
	@echo "make mutants    show that every planted defect of the kernel turns a test or a verdict red"
	@echo "make setup      install what is missing"
	@echo "make build      the program alone: then use ./feuerprobe"
	@echo "make peers      fetch a Linux guest for ./feuerprobe bench --target linux-guest"
	@echo "make format     let the formatters have their way"
	@echo "make clean      remove what was built, not the results"

validate: build kernel
	@./feuerprobe validate

test: setup test-kernel test-java

selftest: build
	@./feuerprobe selftest

benchmark: setup
	@scripts/benchmark

mutants: build kernel
	@scripts/mutants

setup:
	@scripts/setup

build: setup $(JAR)

$(JAR): $(SOURCES) | setup
	@$(MVN) package -DskipTests

kernel: | setup
	@$(MAKE) --no-print-directory -s -C exokernel

test-kernel: | setup
	@$(MAKE) --no-print-directory -C exokernel test

# The kernels are built first, so that the Java tests find them; their count is Surefire's closing line.
test-java: kernel | setup
	@$(MAKE) --no-print-directory -s -C exokernel CAP_ALLOC=scan
	@$(MAKE) --no-print-directory -s -C exokernel ZONE_ALLOC=firstfit
	@mvn --batch-mode --no-transfer-progress -Dstyle.color=never verify

# A Linux to set beside the exokernel, in the same emulator; fetched, never installed.
peers:
	@$(MAKE) --no-print-directory -C peers guest
# Its own target: it needs Node and Chromium, and says so where they are missing.
test-browser: build kernel
	@$(MVN) test-compile
	@scripts/test-browser

format: | setup
	@$(MVN) spotless:apply

clean:
	@rm -rf target plugin/build
	@$(MAKE) --no-print-directory -s -C exokernel clean
