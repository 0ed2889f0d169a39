package org.feuerprobe.energy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A source whose value stands as decimal numbers in files of the kernel: the product of the
 * numbers, times a factor.
 *
 * @param factor joules or watts of one; below 0 for a store that empties
 */
record FileSource(KernelFiles files, Description description, List<Path> paths, BigDecimal factor)
        implements EnergySource {
    FileSource {
        paths = List.copyOf(paths);
    }

    @Override
    public double read() throws IOException {
        BigDecimal product = factor;
        for (Path path : paths) {
            try {
                product = product.multiply(files.number(path));
            } catch (NoSuchFileException e) {
                throw new IOException("%s has vanished".formatted(path), e);
            }
        }
        return product.doubleValue();
    }
}
