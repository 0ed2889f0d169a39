package org.feuerprobe.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several kernel images that differ in one parameter of their build, as {@code --kernel} names
 * them: {@code NPROC={64,128,256}:k-{NPROC}.elf}.
 *
 * @param parameter name of the parameter
 * @param values its value in each image, in the order given
 * @param template name of an image, with the parameter in braces
 */
record KernelAxis(String parameter, List<Long> values, String template) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\\{([^{}]*)\\}:(.+)", Pattern.DOTALL);
    private static final String EXAMPLE = "NPROC={64,128}:k-{NPROC}.elf";

    KernelAxis {
        values = List.copyOf(values);
    }

    /** Several images; empty if the text is the name of one. */
    static Optional<KernelAxis> of(Path kernel) throws LabException {
        Matcher form = FORM.matcher(kernel.toString());
        if (!form.matches()) {
            return Optional.empty();
        }
        String parameter = form.group(1);
        List<Long> values = new ArrayList<>();
        for (String word : form.group(2).split(",", -1)) {
            if (!word.matches("[0-9]{1,18}")) {
                throw wrong(kernel, "'%s' is no whole number".formatted(word));
            }
            if (values.contains(Long.valueOf(word))) {
                throw wrong(kernel, "%s=%s stands there twice".formatted(parameter, word));
            }
            values.add(Long.valueOf(word));
        }
        if (values.size() < 2) {
            throw wrong(kernel, "one value is no axis: name the image itself");
        }
        if (!form.group(3).contains("{" + parameter + "}")) {
            throw wrong(kernel, "the image's name lacks {%s}".formatted(parameter));
        }
        return Optional.of(new KernelAxis(parameter, values, form.group(3)));
    }

    /** The images that {@code --kernel} names: one, or several. */
    static List<Path> images(Path kernel) throws LabException {
        Optional<KernelAxis> axis = of(kernel);
        return axis.isPresent()
                ? axis.get().values.stream().map(axis.get()::image).toList()
                : List.of(kernel);
    }

    private static LabException wrong(Path kernel, String why) {
        return LabException.wrongUse(
                "--kernel %s: %s; an example is %s".formatted(kernel, why, EXAMPLE));
    }

    /** The image that was built with this value. */
    Path image(long value) {
        return Path.of(template.replace("{" + parameter + "}", Long.toString(value)));
    }

    /** All images in one name. */
    Path text() {
        return Path.of(template.replace("{" + parameter + "}", parameter + "=" + values));
    }
}
