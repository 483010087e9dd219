package io.scalesrpc.call;

import java.io.Serial;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A setting that is refused: which one, and what would be right, for programs; the text
 * says the same to people, as {@code name: value (expected: ...)}. <em>Immutable</em>.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The name of the setting. */
	private final String setting;

	/** The name of another setting that it does not agree with, or needs. */
	private final @Nullable String other;

	/** Whether the other setting is missing. */
	private final boolean needsOther;

	/** The library that it needs and that is not there. */
	private final @Nullable String library;

	private final transient List<String> known;

	private InvalidSettingException(String text, @Nullable Throwable cause, Subject subject, List<String> known) {
		super(text, cause);
		this.setting = subject.setting;
		this.other = subject.other;
		this.needsOther = subject.needsOther;
		this.library = subject.library;
		this.known = known;
	}

	/**
	 * A value that is not right.
	 * @param setting the name of the setting
	 * @param value what it is set to; a secret must not be in it
	 * @param expected what would be right
	 * @return the exception
	 */
	public static InvalidSettingException of(String setting, Object value, String expected) {
		return because(setting, text(setting, value, expected), null);
	}

	/**
	 * A setting that has no effect, or no sense, without another.
	 * @param setting the name of the setting
	 * @param value what it is set to; a secret must not be in it
	 * @param needed the name of the other setting
	 * @return the exception
	 */
	public static InvalidSettingException without(String setting, Object value, String needed) {
		return new InvalidSettingException(text(setting, value, "none without " + needed), null,
				new Subject(setting, needed, true, null), List.of());
	}

	/**
	 * A setting that needs a library which is not there.
	 * @param setting the name of the setting
	 * @param value what it is set to
	 * @param library the artefact
	 * @param cause what was missing; {@code null} if nothing was thrown
	 * @return the exception
	 */
	public static InvalidSettingException withoutLibrary(String setting, Object value, String library,
			@Nullable Throwable cause) {
		return new InvalidSettingException(text(setting, value, library + " on the class path"), cause,
				new Subject(setting, null, false, library), List.of());
	}

	/**
	 * A refusal that somebody else put into words.
	 * @param setting the name of the setting
	 * @param text what is said
	 * @param cause the refusal itself; {@code null} if nothing was thrown
	 * @return the exception
	 */
	public static InvalidSettingException because(String setting, String text, @Nullable Throwable cause) {
		return new InvalidSettingException(text, cause, new Subject(setting, null, false, null), List.of());
	}

	private static String text(String setting, Object value, String expected) {
		return setting + ": " + value + " (expected: " + expected + ")";
	}

	/**
	 * The same refusal of a setting that did not agree with another: either may be wrong.
	 * @param otherSetting the name of the other
	 * @return a new exception with the same text
	 */
	public InvalidSettingException beside(String otherSetting) {
		return with(new Subject(this.setting, otherSetting, false, this.library), this.known);
	}

	/**
	 * The same refusal of a setting that is known by another name where it was set.
	 * @param name that name
	 * @return a new exception with the same text
	 */
	public InvalidSettingException about(String name) {
		return with(new Subject(name, this.other, this.needsOther, this.library), this.known);
	}

	/**
	 * The same refusal, with the names that would be right.
	 * @param names the names
	 * @return a new exception with the same text
	 */
	public InvalidSettingException knowing(Collection<String> names) {
		return with(new Subject(this.setting, this.other, this.needsOther, this.library), List.copyOf(names));
	}

	/**
	 * The same refusal, of a part of other settings.
	 * @param section the name of the settings that it is a part of
	 * @return a new exception with the same text
	 */
	public InvalidSettingException within(String section) {
		String partner = (this.other == null || this.needsOther) ? this.other : section + "." + this.other;
		return with(new Subject(section + "." + this.setting, partner, this.needsOther, this.library), this.known);
	}

	/**
	 * The same refusal, by which a library is missing.
	 * @param artefact the library
	 * @return a new exception with the same text
	 */
	public InvalidSettingException missing(String artefact) {
		return with(new Subject(this.setting, this.other, this.needsOther, artefact), this.known);
	}

	private InvalidSettingException with(Subject subject, List<String> names) {
		Throwable reason = (getCause() != null) ? getCause() : this;
		return new InvalidSettingException(String.valueOf(getMessage()), reason, subject, names);
	}

	/**
	 * The setting.
	 * @return its name, with those of the settings it is a part of in front, such as
	 * {@code backoff.maxDelay}
	 */
	public String setting() {
		return this.setting;
	}

	/**
	 * The setting that it did not agree with, or that it needs.
	 * @return its name; {@code null} if it is wrong on its own
	 */
	public @Nullable String other() {
		return this.other;
	}

	/**
	 * Whether the other setting is missing.
	 * @return {@code false} if there is no other, or both are set
	 */
	public boolean needsOther() {
		return this.needsOther;
	}

	/**
	 * The library that is missing.
	 * @return the artefact; {@code null} if none is
	 */
	public @Nullable String library() {
		return this.library;
	}

	/**
	 * The names that would be right, where a name is wrong.
	 * @return the names, or none
	 */
	public List<String> known() {
		return (this.known != null) ? this.known : List.of();
	}

	/**
	 * What is refused. <em>Immutable</em>.
	 *
	 * @param setting the setting
	 * @param other another one
	 * @param needsOther whether that is missing
	 * @param library what is missing on the class path
	 */
	private record Subject(String setting, @Nullable String other, boolean needsOther, @Nullable String library) {
	}

}
