package io.scalesrpc.spring;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Clients, or the application's server, cannot be made the way they are configured: one
 * thing that is wrong, or several of a start. <em>Immutable</em>.
 */
public final class ScalesConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** An interface is not right, before it is known whose it is. */
	private static final String NO_NAME = "client without a name";

	/** Which client it is, or the server. */
	private final String subject;

	private final transient @Nullable ConfiguredSetting setting;

	/** What is wrong. */
	private final String reason;

	/** What to do about it. */
	private final String remedy;

	private final transient List<ScalesConfigurationException> all;

	/** Whether it is right by itself, and only without effect. */
	private final boolean unheeded;

	/**
	 * Makes the exception.
	 * @param client the client's name
	 * @param setting the setting that is wrong, if it is one that somebody wrote
	 * @param reason what is wrong
	 * @param remedy what to do about it
	 * @param cause what the core said, if it did
	 */
	public ScalesConfigurationException(String client, @Nullable ConfiguredSetting setting, String reason,
			String remedy, @Nullable Throwable cause) {
		this(setting, subject(client), reason, remedy, cause, false);
	}

	private ScalesConfigurationException(@Nullable ConfiguredSetting setting, String subject, String reason,
			String remedy, @Nullable Throwable cause, boolean unheeded) {
		super("Scales " + subject + ": " + reason, cause);
		this.subject = subject;
		this.setting = setting;
		this.reason = reason;
		this.remedy = remedy;
		this.all = List.of();
		this.unheeded = unheeded;
	}

	private ScalesConfigurationException(List<ScalesConfigurationException> all) {
		super(all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")), all.get(0));
		ScalesConfigurationException first = all.get(0);
		this.subject = first.subject;
		this.setting = first.setting;
		this.reason = first.reason;
		this.remedy = first.remedy;
		this.all = List.copyOf(all);
		this.unheeded = first.unheeded;
	}

	/**
	 * What to do about a library that is missing.
	 * @param library its coordinates, or those of several
	 * @return the remedy
	 */
	public static String adding(String library) {
		return "Add " + library
				+ " to the dependencies of the application; Spring Boot manages the versions that it knows.";
	}

	/**
	 * All that is wrong at once.
	 * @param all one or more
	 * @return the one, or an exception that tells all
	 */
	public static ScalesConfigurationException of(List<ScalesConfigurationException> all) {
		return (all.size() == 1) ? all.get(0) : new ScalesConfigurationException(all);
	}

	/**
	 * Why settings were refused, for a log or an operator: each with its property, reason
	 * and remedy. What else was thrown tells its causes, too, since those of Spring name
	 * the property in one and say why in another.
	 * @param thrown what was thrown
	 * @return one or more sentences
	 */
	public static String text(Throwable thrown) {
		if (thrown instanceof ScalesConfigurationException refused) {
			return refused.each().stream().map(ScalesConfigurationException::sentence).collect(Collectors.joining(" "));
		}
		StringJoiner text = new StringJoiner(": ");
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			String message = String.valueOf(cause.getMessage());
			if (!text.toString().contains(message)) {
				text.add(message);
			}
		}
		return text.toString();
	}

	/**
	 * A setting that is right by itself, but that nothing heeds as the others are.
	 * @param client the client's name
	 * @param setting what has no effect
	 * @param reason why it has none
	 * @param remedy what to do about it
	 * @return the exception
	 */
	public static ScalesConfigurationException unheeded(String client, ConfiguredSetting setting, String reason,
			String remedy) {
		return new ScalesConfigurationException(setting, subject(client), reason, remedy, null, true);
	}

	private static String subject(String client) {
		return client.isBlank() ? NO_NAME : "client '" + client + "'";
	}

	/**
	 * Whether it is right by itself, and wrong as the others are.
	 * @return {@code true} for {@link #unheeded}
	 */
	public boolean isUnheeded() {
		return this.unheeded;
	}

	private String sentence() {
		return ((this.setting != null) ? this.setting.property() + ": " : "") + this.subject + ": " + this.reason + ". "
				+ this.remedy;
	}

	/** Each thing that is wrong, in the order in which it was found. */
	List<ScalesConfigurationException> each() {
		return (this.all == null || this.all.isEmpty()) ? List.of(this) : this.all;
	}

	/**
	 * Whether the same was said of the same place: defaults are read for every client.
	 * @param other another exception
	 * @return {@code true} if one of the two is enough
	 */
	public boolean saysTheSameAs(ScalesConfigurationException other) {
		return this.setting != null && other.setting != null && this.setting.property().equals(other.setting.property())
				&& this.reason.equals(other.reason);
	}

	/**
	 * The application's server cannot be made.
	 * @param setting the setting that is wrong, if it is one that somebody wrote
	 * @param reason what is wrong
	 * @param remedy what to do about it
	 * @param cause what the core said, if it did
	 * @return the exception
	 */
	public static ScalesConfigurationException ofServer(@Nullable ConfiguredSetting setting, String reason,
			String remedy, @Nullable Throwable cause) {
		return new ScalesConfigurationException(setting, "server", reason, remedy, cause, false);
	}

	/**
	 * The connections of all clients cannot be made.
	 * @param setting the setting that is wrong, if it is one that somebody wrote
	 * @param reason what is wrong
	 * @param remedy what to do about it
	 * @param cause what the core said, if it did
	 * @return the exception
	 */
	public static ScalesConfigurationException ofConnections(@Nullable ConfiguredSetting setting, String reason,
			String remedy, @Nullable Throwable cause) {
		return new ScalesConfigurationException(setting, "connections", reason, remedy, cause, false);
	}

	/** Who could not be made: a client with its name, the server, the connections. */
	String subject() {
		return this.subject;
	}

	/** Whether it is about an interface rather than a client. */
	boolean isOfNoClient() {
		return this.subject.equals(NO_NAME);
	}

	/**
	 * The setting that is wrong.
	 * @return where it stands; {@code null} if it is none that somebody wrote
	 */
	public @Nullable ConfiguredSetting setting() {
		return this.setting;
	}

	String reason() {
		return this.reason;
	}

	String remedy() {
		return this.remedy;
	}

}
