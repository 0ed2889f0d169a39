/**
 * Decides whether measured costs keep a claimed bound. Start at {@link
 * org.feuerprobe.verdict.Decide}.
 */
@org.jspecify.annotations.NullMarked
module org.feuerprobe.engine {
    requires static transitive org.jspecify;
    requires org.apache.commons.numbers.gamma;
    requires org.apache.commons.statistics.descriptive;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;
    requires org.snakeyaml.engine;

    exports org.feuerprobe.bound;
    exports org.feuerprobe.model;
    exports org.feuerprobe.sample;
    exports org.feuerprobe.schedule;
    exports org.feuerprobe.verdict;
}
