package dev.quarry.cli;

import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.Secret;
import dev.quarry.schema.QuarryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for a language model, tries it, and adds it to the configuration. */
final class ConfigWizard {
    private static final int TRIES_MAX = 5;

    private final BufferedReader answers;
    private final Terminal terminal;
    private final Map<String, String> environment;

    ConfigWizard(BufferedReader answers, Terminal terminal, Map<String, String> environment) {
        this.answers = answers;
        this.terminal = terminal;
        this.environment = environment;
    }

    ExitCode run(ConfigFile file) {
        List<BackendConfig> known = file.backends();
        terminal.note(file.path() + (known.isEmpty() ? " has no model yet." : " has:"));
        known.forEach(backend -> terminal.note("  " + backend.name() + "  " + ConfigCommand.line(backend)));
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try {
                ConfigFile changed = file.withBackend(backend(known));
                BackendConfig added = changed.backends().getLast();
                Finding finding = BackendChecks.check(added, environment);
                terminal.note(finding.detail());
                boolean good = finding.state() == Finding.State.OK;
                if (good || yes("It does not answer. Add it all the same? [y/N] ")) {
                    changed.write();
                    terminal.note("added to " + file.path() + "; it is asked behind those before it");
                    return ExitCode.OK;
                }
            } catch (QuarryException wrong) {
                terminal.error(String.valueOf(wrong.getMessage()));
            }
        }
        return ExitCode.FAILURE;
    }

    private BackendConfig backend(List<BackendConfig> known) {
        String kinds = Arrays.stream(BackendKind.values()).map(BackendKind::key).collect(Collectors.joining(", "));
        BackendKind kind = BackendKind.of(ask("Wire format (" + kinds + ")", BackendKind.OPENAI.key()))
                .orElseThrow(() -> new UsageException("the wire formats are " + kinds));
        URI url = URI.create(ask("Address", kind.defaultUrl()));
        String model = ask("Model", "");
        String variable = ask("Environment variable with its key, - for none", kind == BackendKind.OLLAMA ? "-" : "");
        BackendConfig backend = BackendConfig.of(ask("Name", name(kind, known)), kind, url, model);
        return variable.equals("-") || variable.isEmpty() ? backend : backend.withKey(new Secret.Environment(variable));
    }

    /** The kind's name, with a number where that is taken. */
    private static String name(BackendKind kind, List<BackendConfig> known) {
        List<String> taken = known.stream().map(BackendConfig::name).toList();
        String name = kind.key();
        for (int number = 2; taken.contains(name); number++) {
            name = kind.key() + number;
        }
        return name;
    }

    private boolean yes(String question) {
        return line(question).startsWith("y");
    }

    private String ask(String what, String usual) {
        String answer = line(what + (usual.isEmpty() ? ": " : " [" + usual + "]: "));
        return answer.isEmpty() ? usual : answer;
    }

    private String line(String prompt) {
        terminal.err().print(prompt);
        terminal.err().flush();
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new UsageException("the answers ended before the questions; nothing is changed");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
