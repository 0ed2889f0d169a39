package org.feuerprobe.terminal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.report.Paragraph;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Layout of the commands' help: options under headings, in lines that fit the terminal. */
public final class HelpLayout {
    private static final int PIPE = 80;

    /** Smallest width that the library accepts. */
    private static final int NARROWEST = 55;

    private static final int WIDEST = 100;

    /** The usage line lists up to this many options, and otherwise shows {@code [OPTIONS]}. */
    private static final int MOST_IN_SYNOPSIS = 6;

    /** Prefix of a line with a command to copy. */
    private static final String EXAMPLE = "  ";

    private HelpLayout() {}

    /** Applies the layout to a command and its subcommands. {@code columns} is 0 for a pipe. */
    public static void apply(CommandLine command, int columns) {
        command.setUsageHelpWidth(columns == 0 ? PIPE : Math.clamp(columns, NARROWEST, WIDEST));
        each(command);
    }

    private static void each(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.sortOptions(false);
        usage.parameterListHeading("%nArguments:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.optionListHeading("");
        usage.abbreviateSynopsis(command.getCommandSpec().options().size() > MOST_IN_SYNOPSIS);
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
        command.getSubcommands().values().forEach(HelpLayout::each);
    }

    private static String options(Help help) {
        StringBuilder text = new StringBuilder();
        groups(help.commandSpec())
                .forEach((section, options) -> {
                    Help.Layout layout =
                            help.createDefaultLayout(options, List.of(), help.colorScheme());
                    layout.addOptions(options, help.parameterLabelRenderer());
                    text.append(help.createHeading("%n%s:%n", section.heading())).append(layout);
                });
        return text.toString();
    }

    /**
     * The footer. Examples are never broken, because a broken command cannot be copied. Sentences
     * are wrapped.
     */
    private static String footer(Help help) {
        UsageMessageSpec usage = help.commandSpec().usageMessage();
        StringBuilder text = new StringBuilder();
        for (String line : usage.footer()) {
            text.append(
                    line.isEmpty() || line.startsWith(EXAMPLE)
                            ? line + "\n"
                            : Paragraph.of(line, "", usage.width()));
        }
        return text.toString();
    }

    /** The options that help shows, by heading. */
    public static Map<Section, List<OptionSpec>> groups(CommandSpec command) {
        Map<Section, List<OptionSpec>> groups = new EnumMap<>(Section.class);
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                groups.computeIfAbsent(section(option), _ -> new ArrayList<>()).add(option);
            }
        }
        return groups;
    }

    private static Section section(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return Section.HELP;
        }
        return named(option)
                .map(Under::value)
                .orElseThrow(() ->
                        new IllegalStateException(
                                option.longestName() + " stands under no heading"));
    }

    private static Optional<Under> named(OptionSpec option) {
        if (!(option.userObject() instanceof AnnotatedElement field)) {
            return Optional.empty();
        }
        Under own = field.getAnnotation(Under.class);
        if (own == null && field instanceof Member member) {
            return Optional.ofNullable(member.getDeclaringClass().getAnnotation(Under.class));
        }
        return Optional.ofNullable(own);
    }
}
