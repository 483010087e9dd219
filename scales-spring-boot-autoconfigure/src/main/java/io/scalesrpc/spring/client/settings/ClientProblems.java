package io.scalesrpc.spring.client.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.protocol.MissingLibrary;
import io.scalesrpc.protocol.NearestName;
import io.scalesrpc.protocol.UnfitInterfaceException;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SettingNames;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the core refuses into what is wrong with the configuration: the property,
 * where it stands, the reason, the remedy. <em>Immutable</em>.
 *
 * @param locator finds where a setting was written
 */
public record ClientProblems(SettingLocator locator) {

	private static final String METHODS = "methods.";

	/** Methods that say too little to send anything. */
	private static final String NO_TOPIC = ": topic: none";

	/** What makes bytes of objects. */
	private static final String JACKSON = "org.springframework.boot:spring-boot-starter-jackson";

	private static final String NO_SENDER = "no method that sends records";

	/** A client without members: never configured, or its URI is missing. */
	public ScalesConfigurationException noUri(ClientDeclaration<?> declaration, SortedSet<String> configured,
			String uri) {
		String client = declaration.client();
		String property = SettingLocator.property(client, "uri");
		if (!configured.contains(client)) {
			return notConfigured(declaration, configured, "", uri);
		}
		return new ScalesConfigurationException(client, null, "its configuration has no '" + property + "'",
				"Set '" + property + "', for example to " + uri + ".", null);
	}

	/**
	 * An interface names a client that nobody has set up; most likely another is meant.
	 * @param protocol what it would have to speak; empty if it may be the default
	 */
	public ScalesConfigurationException notConfigured(ClientDeclaration<?> declaration, SortedSet<String> configured,
			String protocol, String uri) {
		String client = declaration.client();
		String spoken = protocol.isEmpty() ? ""
				: "'" + SettingLocator.property(client, "protocol") + "' to " + protocol + ", and ";
		String known = configured.isEmpty() ? " No client is configured."
				: " Configured clients: " + String.join(", ", configured) + ".";
		return new ScalesConfigurationException(client, null,
				"the interface " + declaration.type().getName() + " names the client '" + client
						+ "', but 'scales.clients." + client + "' is not configured",
				"Set " + spoken + "'" + SettingLocator.property(client, "uri") + "', for example to " + uri + "."
						+ nearest(client, List.copyOf(configured)) + known,
				null);
	}

	/** A setting that the core refused. */
	public ScalesConfigurationException refused(String client, InvalidSettingException refusal) {
		if (refusal.setting().startsWith(METHODS) && !refusal.known().isEmpty()) {
			return unknownMethod(client, refusal);
		}
		ConfiguredSetting written = blamed(client, refusal);
		String property = (written != null) ? written.property()
				: SettingLocator.property(client, SettingNames.property(refusal.setting()));
		return new ScalesConfigurationException(client, written, String.valueOf(refusal.getMessage()),
				remedy(client, property, written != null, refusal), refusal);
	}

	private static String remedy(String client, String property, boolean written, InvalidSettingException refusal) {
		if (refusal.needsOther()) {
			return "Set '" + SettingLocator.property(client, SettingNames.property(String.valueOf(refusal.other())))
					+ "', or remove '" + property + "'.";
		}
		String library = library(refusal);
		return (library != null) ? library
				: written ? "Correct the value of '" + property + "'." : "Set '" + property + "'.";
	}

	/** Of two that do not agree, one that somebody wrote. */
	private @Nullable ConfiguredSetting blamed(String client, InvalidSettingException refusal) {
		String other = refusal.needsOther() ? null : refusal.other();
		return Stream.of(refusal.setting(), (other != null) ? other : "")
			.filter((path) -> !path.isEmpty())
			.map(SettingNames::property)
			.map((setting) -> written(client, setting))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** What a method does not say itself it has from its client. */
	private @Nullable ConfiguredSetting written(String client, String setting) {
		int end = setting.startsWith(METHODS) ? setting.indexOf('.', METHODS.length()) : -1;
		ConfiguredSetting own = this.locator.findOwn(client, setting);
		if (own != null || end < 0) {
			return (own != null) ? own : this.locator.findOption(client, setting);
		}
		return this.locator.find(client, setting.substring(end + 1));
	}

	/** How a library is had that is missing, or null if none is. */
	private static @Nullable String library(InvalidSettingException refusal) {
		return (refusal.library() != null) ? ScalesConfigurationException.adding(refusal.library()) : null;
	}

	private static String nearest(String name, List<String> known) {
		return NearestName.of(name, known).map((meant) -> " Did you mean '" + meant + "'?").orElse("");
	}

	/** An interface whose methods have classes that are not there. */
	public ScalesConfigurationException missing(ClientDeclaration<?> declaration, LinkageError thrown) {
		InvalidSettingException refusal = MissingLibrary.refusal(declaration.type(), thrown);
		String library = library(refusal);
		return new ScalesConfigurationException(declaration.client(), null, String.valueOf(refusal.getMessage()),
				(library != null) ? library : "Correct the class path of the application.", thrown);
	}

	/** What building refused: a setting, or an interface that does not fit. */
	public ScalesConfigurationException refused(ClientDeclaration<?> declaration, @Nullable String protocol,
			IllegalArgumentException cause) {
		String client = declaration.client();
		InvalidSettingException refusal = (cause instanceof InvalidSettingException typed) ? typed : null;
		if (refusal != null && (isAlways(refusal.setting()) || blamed(client, refusal) != null)) {
			return refused(client, refusal);
		}
		String text = String.valueOf(cause.getMessage());
		String library = (refusal != null) ? library(refusal) : null;
		return new ScalesConfigurationException(client, null, text,
				(library != null) ? library : remedy(declaration, protocol, cause), cause);
	}

	/** Settings of a client, whether somebody wrote them or not. */
	private static boolean isAlways(String setting) {
		return Arrays.asList("uri", "tls").contains(setting) || setting.startsWith(METHODS);
	}

	private static String remedy(ClientDeclaration<?> declaration, @Nullable String protocol, Throwable cause) {
		// Of several that share a client it may be another one.
		String type = ((cause instanceof UnfitInterfaceException unfit) ? unfit.type() : declaration.type()).getName();
		String text = String.valueOf(cause.getMessage());
		if ("http".equals(protocol)) {
			return "Give the methods of " + type + " @GetExchange or another @HttpExchange annotation, with spring-web"
					+ " on the class path, for example by spring-boot-starter-restclient; or let it extend"
					+ " ScalesHttpClient.";
		}
		if (text.contains(JACKSON)) {
			return "Add " + JACKSON + " to the dependencies of the application; or change that method of " + type
					+ ", or take it out.";
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
	private ScalesConfigurationException unknownMethod(String client, InvalidSettingException refusal) {
		String method = refusal.setting().substring(METHODS.length());
		return new ScalesConfigurationException(client, this.locator.findOwnBelow(client, refusal.setting()),
				refusal.setting() + ": no method of the client (expected: one of " + refusal.known() + ")",
				"Correct the name of the method in '" + SettingLocator.property(client, refusal.setting()) + "'."
						+ nearest(method, refusal.known()),
				refusal);
	}

}
