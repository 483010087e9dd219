package io.scalesrpc.spring.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.spring.BalancerOption;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.NearestName;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the core refuses into what is wrong with the configuration: the property,
 * where it stands, the reason, the remedy. <em>Immutable</em>.
 *
 * @param locator finds where a setting was written
 */
record ClientProblems(SettingLocator locator) {

	/** The core's texts begin with what is wrong: {@code timeout: ...}. */
	private static final Pattern SUBJECT = Pattern.compile("(option )?([\\w.\\[\\]-]+): (\\S+).*", Pattern.DOTALL);

	/** Methods that say too little to send anything. */
	private static final String NO_TOPIC = ": topic: none";

	private static final String NO_SENDER = "no method that sends records";

	/** By these names the core tells which kind of setting a method has. */
	private static final Set<String> UNKNOWN_METHOD = Set.of("methodTimeout", "methodOption");

	/** What has no effect, or no sense, alone. */
	private static final Pattern LACKING = Pattern.compile(".*\\(expected: none without ([\\w.-]+)\\).*",
			Pattern.DOTALL);

	/** What is missing on the class path. */
	private static final Pattern MISSING = Pattern.compile(".*\\(expected: (\\S+(?: and \\S+)*) on the class path.*",
			Pattern.DOTALL);

	/** The names that the core knows, in its text. */
	private static final Pattern LIST = Pattern.compile("\\[(.+)]");

	/** A client without members: never configured, or its URI is missing. */
	ScalesConfigurationException noUri(ClientDeclaration<?> declaration, SortedSet<String> configured, String uri) {
		String client = declaration.client();
		String property = SettingLocator.property(client, "uri");
		String example = "Set '" + property + "', for example to " + uri + ".";
		if (configured.contains(client)) {
			return new ScalesConfigurationException(client, null, "its configuration has no '" + property + "'",
					example, null);
		}
		String reason = "the interface " + declaration.type().getName() + " names the client '" + client
				+ "', but 'scales.clients." + client + "' is not configured";
		String nearest = NearestName.of(client, configured).map((name) -> " Did you mean '" + name + "'?").orElse("");
		String known = configured.isEmpty() ? " No client is configured."
				: " Configured clients: " + String.join(", ", configured) + ".";
		return new ScalesConfigurationException(client, null, reason, example + nearest + known, null);
	}

	/** A value that a setter of the builder refused. */
	ScalesConfigurationException badValue(String client, String setting, IllegalArgumentException cause) {
		ConfiguredSetting written = this.locator.find(client, setting);
		String property = (written != null) ? written.property() : SettingLocator.property(client, setting);
		String text = String.valueOf(cause.getMessage());
		return new ScalesConfigurationException(client, written, text, remedy(client, property, written != null, text),
				cause);
	}

	private static String remedy(String client, String property, boolean written, String text) {
		Matcher lacking = LACKING.matcher(text);
		if (lacking.matches()) {
			return "Set '" + SettingLocator.property(client, lacking.group(1)) + "', or remove '" + property + "'.";
		}
		String library = library(text);
		return (library != null) ? library
				: written ? "Correct the value of '" + property + "'." : "Set '" + property + "'.";
	}

	/** How a library is had that a text asks for, or null if it does not. */
	private static @Nullable String library(String text) {
		Matcher missing = MISSING.matcher(text);
		return missing.matches()
				? "Add " + missing.group(1)
						+ " to the dependencies of the application; Spring Boot manages the versions that it knows."
				: null;
	}

	/** An interface whose methods have classes that are not there. */
	ScalesConfigurationException missing(ClientDeclaration<?> declaration, LinkageError thrown) {
		String text = MissingLibrary.reason(declaration.type(), thrown);
		String library = library(text);
		return new ScalesConfigurationException(declaration.client(), null, text,
				(library != null) ? library : "Correct the class path of the application.", thrown);
	}

	/** A setting of a protocol: its text begins with the property's name. */
	ScalesConfigurationException ofProtocol(String client, IllegalArgumentException cause) {
		String text = String.valueOf(cause.getMessage());
		return badValue(client, text.substring(0, Math.max(0, text.indexOf(':'))), cause);
	}

	/** A limit that is out of its range: {@code maxFrameBytes: ...}. */
	ScalesConfigurationException badLimit(String client, IllegalArgumentException cause) {
		String text = String.valueOf(cause.getMessage());
		String name = text.substring(0, Math.max(0, text.indexOf(':')));
		String kebab = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT).replace("-bytes", "-size");
		return badValue(client, "limits." + kebab, cause);
	}

	/** What building refused: a setting it names, or an interface that does not fit. */
	ScalesConfigurationException refused(ClientDeclaration<?> declaration, @Nullable String protocol,
			IllegalArgumentException cause) {
		String client = declaration.client();
		Matcher subject = SUBJECT.matcher(String.valueOf(cause.getMessage()));
		if (subject.matches() && UNKNOWN_METHOD.contains(subject.group(2))) {
			return unknownMethod(client, subject.group(3), cause);
		}
		String setting = subject.matches() ? setting(client, subject) : null;
		if (setting != null) {
			return badValue(client, setting, cause);
		}
		String text = String.valueOf(cause.getMessage());
		String library = library(text);
		return new ScalesConfigurationException(client, null, text,
				(library != null) ? library : remedy(declaration, protocol, text), cause);
	}

	private static String remedy(ClientDeclaration<?> declaration, @Nullable String protocol, String text) {
		String type = declaration.type().getName();
		if ("http".equals(protocol)) {
			return "Give the methods of " + type + " @GetExchange or another @HttpExchange annotation, with spring-web"
					+ " on the class path, for example by spring-boot-starter-restclient; or let it extend"
					+ " ScalesHttpClient.";
		}
		if ("redis".equals(protocol)) {
			return "Change that method of " + type + ": its name or @Command, its parameters or its result; or take it"
					+ " out.";
		}
		if ("kafka".equals(protocol) && !text.contains(NO_TOPIC) && !text.contains(NO_SENDER)) {
			return "Change that method of " + type + ", or take it out.";
		}
		if ("kafka".equals(protocol)) {
			return "Give the methods of " + type + " @SendTo, with spring-messaging on the class path, or let it extend"
					+ " ScalesKafkaClient.";
		}
		return "Change the interface " + type + ", or name the service it stands for: '"
				+ SettingLocator.property(declaration.client(), "service") + "', or 'service' of its annotation.";
	}

	/** A method that has settings, but is none: its name is wrong, not a value. */
	private ScalesConfigurationException unknownMethod(String client, String method, IllegalArgumentException cause) {
		String text = String.valueOf(cause.getMessage());
		String setting = "methods." + method;
		Matcher known = LIST.matcher(text);
		List<String> names = known.find() ? List.of(known.group(1).split(", ")) : List.of();
		String nearest = NearestName.of(method, names).map((name) -> " Did you mean '" + name + "'?").orElse("");
		return new ScalesConfigurationException(client, this.locator.findOwnBelow(client, setting),
				setting + ": no method of the client " + text.substring(Math.max(0, text.indexOf('('))),
				"Correct the name of the method in '" + SettingLocator.property(client, setting) + "'." + nearest,
				cause);
	}

	/** The property below the client that a text of the core is about, if any. */
	private @Nullable String setting(String client, Matcher subject) {
		String name = subject.group(2);
		if (name.equals("cache")) {
			return "methods." + subject.group(3) + ".cache.name";
		}
		if (name.equals("hedging")) {
			String method = "methods." + subject.group(3) + ".hedging.enabled";
			return isSet(client, method) ? method : "hedging.enabled";
		}
		if (name.equals("tls")) {
			return "ssl.bundle";
		}
		if (name.equals("peers")) {
			return BalancerOption.PEERS.property();
		}
		if (name.equals("uri") || isSet(client, name)) {
			return name;
		}
		return (subject.group(1) != null || isSet(client, "options." + name)) ? "options." + name : null;
	}

	private boolean isSet(String client, String setting) {
		return this.locator.find(client, setting) != null;
	}

}
