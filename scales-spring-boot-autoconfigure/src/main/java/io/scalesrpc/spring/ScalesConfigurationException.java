package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * A client cannot be made the way it is configured. <em>Immutable</em>.
 */
public final class ScalesConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String client;

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
		super("Scales client '" + client + "': " + reason, cause);
		this.client = client;
		this.setting = setting;
		this.reason = reason;
		this.remedy = remedy;
	}

	String client() {
		return this.client;
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
