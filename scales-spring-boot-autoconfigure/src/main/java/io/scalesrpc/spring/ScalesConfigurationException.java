package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * A client, or the application's server, cannot be made the way it is configured.
 * <em>Immutable</em>.
 */
public final class ScalesConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String subject;

	private final transient @Nullable ConfiguredSetting setting;

	private final String reason;

	private final String remedy;

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
		this(setting, "client '" + client + "'", reason, remedy, cause);
	}

	private ScalesConfigurationException(@Nullable ConfiguredSetting setting, String subject, String reason,
			String remedy, @Nullable Throwable cause) {
		super("Scales " + subject + ": " + reason, cause);
		this.subject = subject;
		this.setting = setting;
		this.reason = reason;
		this.remedy = remedy;
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
		return new ScalesConfigurationException(setting, "server", reason, remedy, cause);
	}

	/** Who could not be made: a client with its name, or the server. */
	String subject() {
		return this.subject;
	}

	@Nullable ConfiguredSetting setting() {
		return this.setting;
	}

	String reason() {
		return this.reason;
	}

	String remedy() {
		return this.remedy;
	}

}
