package org.feuerprobe.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ErrorTableTests {
    @Test
    void everyRequiredRowIsRightOftenEnough() {
        List<ErrorTable.Row> failed =
                new ErrorTable(ErrorTable.Effort.QUICK)
                        .rows()
                        .filter(row -> !row.passes())
                        .toList();
        assertThat(failed).isEmpty();
    }
}
