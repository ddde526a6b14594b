package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what of a request is not as the contract has it: which parameter or member, and what it must be. */
final class InvalidRequests {
    private static final int NAME_CHARS_MAX = 100;
    private static final String CONTRACT = "; openapi.yaml tells what is allowed";
    private static final String UNKNOWN_MEMBER = "additional properties schema";
    private static final Pattern PARAMETER = Pattern.compile(
            "The (?:value of|formatting of the value of|related request / response does not contain the required)"
                    + " (query|path|header|cookie) parameter ([^\\s.]+)");
    private static final Pattern LACK = Pattern.compile("required property \"(.*)\"", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("Instance type (\\w+) is invalid\\. Expected (.+)");
    private static final Pattern INDEX = Pattern.compile("\\.(\\d+)");

    private InvalidRequests() {}

    /** The problem of a request that the contract does not allow. */
    static Problem problem(ValidatorException e) {
        int status = e.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT ? 415 : 400;
        return Problem.of(status, ErrorCode.BAD_INPUT, detail(e));
    }

    /** The problem of a query parameter that an operation does not have. */
    static Problem unknownParameter(String name) {
        return Problem.of(
                400,
                ErrorCode.BAD_INPUT,
                "the query parameter '" + shown(name) + "' is not known here: leave it out, or check how it is written"
                        + CONTRACT);
    }

    /** The problem of a query parameter that is given more than once. */
    static Problem repeatedParameter(String name) {
        return Problem.of(
                400,
                ErrorCode.BAD_INPUT,
                "the query parameter '" + shown(name) + "' is given more than once: give it once" + CONTRACT);
    }

    private static String detail(ValidatorException e) {
        String said = String.valueOf(e.getMessage());
        Matcher parameter = PARAMETER.matcher(said);
        if (parameter.lookingAt()) {
            return parameter(parameter.group(1), shown(parameter.group(2)), e);
        }
        if (e instanceof SchemaValidationException known) {
            return member(reason(known));
        }
        return switch (e.type()) {
            case ILLEGAL_VALUE -> "the body is no well-formed JSON: check its brackets, quotes and commas";
            case MISSING_REQUIRED_PARAMETER -> "the body is missing: send a JSON object" + CONTRACT;
            default -> said + CONTRACT;
        };
    }

    private static String parameter(String place, String name, ValidatorException e) {
        String subject = "the " + place + " parameter '" + name + "'";
        if (e.type() == ValidatorErrorType.MISSING_REQUIRED_PARAMETER) {
            return subject + " is missing: add it" + CONTRACT;
        }
        return e instanceof SchemaValidationException known
                ? subject + wrong(text(reason(known)))
                : subject + " cannot be read: write it as its type is written" + CONTRACT;
    }

    private static String member(OutputUnit reason) {
        String said = text(reason);
        String name = name(String.valueOf(reason.getInstanceLocation()));
        Matcher lack = LACK.matcher(said);
        if (lack.find()) {
            String owner = name.isEmpty() ? "the body" : "'" + name + "'";
            return owner + " lacks the member '" + shown(lack.group(1)) + "': add it" + CONTRACT;
        }
        if (said.endsWith(UNKNOWN_MEMBER)) {
            return "the member '" + name + "' is not known here: leave it out, or check how it is written" + CONTRACT;
        }
        return (name.isEmpty() ? "the body" : "the member '" + name + "'") + wrong(said);
    }

    private static String wrong(String said) {
        Matcher type = TYPE.matcher(said);
        return type.matches()
                ? " is of the type " + type.group(1) + ": give " + type.group(2) + CONTRACT
                : " has a wrong value: " + said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1) + CONTRACT;
    }

    /**
     * The last of what does not hold: those before it only lead to it. A member that is wrong is then called unknown too,
     * which tells nothing.
     */
    private static OutputUnit reason(SchemaValidationException e) {
        List<OutputUnit> errors = e.getOutputUnit().getErrors();
        if (errors == null || errors.isEmpty()) {
            return e.getOutputUnit();
        }
        Set<String> wrong = errors.stream()
                .filter(error -> !text(error).endsWith(UNKNOWN_MEMBER))
                .map(error -> String.valueOf(error.getInstanceLocation()))
                .collect(Collectors.toSet());
        return errors.reversed().stream()
                .filter(error -> !text(error).endsWith(UNKNOWN_MEMBER)
                        || !wrong.contains(String.valueOf(error.getInstanceLocation())))
                .findFirst()
                .orElseGet(errors::getLast);
    }

    private static String text(OutputUnit reason) {
        String said = reason.getError();
        return said == null || said.isEmpty() ? "it is not as the contract says" : said;
    }

    /** A member as people write it: {@code #/filter/kinds/0} is {@code filter.kinds[0]}. */
    private static String name(String location) {
        String path = location.startsWith("#/") ? location.substring(2) : "";
        return shown(INDEX.matcher(path.replace('/', '.')).replaceAll("[$1]"))
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** What the client wrote, without what does not print, and not all of it. */
    private static String shown(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= NAME_CHARS_MAX ? printable : printable.substring(0, NAME_CHARS_MAX) + "…";
    }
}
