package io.scalesrpc.spring;

import java.util.regex.Pattern;

import io.scalesrpc.discovery.ServerSetUri;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * A setting as somebody wrote it. <em>Immutable</em>.
 *
 * @param property the whole name of the property
 * @param value what was written
 * @param origin the file and line, if known
 */
public record ConfiguredSetting(String property, String value, @Nullable Origin origin) {

	/** Slips of the pen included. */
	private static final Pattern SECRET = Pattern.compile(".*(pas+w|pwd|secret|jaas).*");

	/** Whose names have dots themselves. */
	private static final String OF_KAFKA = ".kafka.properties";

	/**
	 * The value as it may be told: logs are read by more people than may know secrets.
	 * @return the value; stars for a secret, and for a user in a URI
	 */
	public String shown() {
		int ofKafka = this.property.indexOf(OF_KAFKA);
		String name = this.property.substring((ofKafka >= 0) ? ofKafka : this.property.lastIndexOf('.') + 1);
		return SECRET.matcher(name).matches() ? "******" : withoutUser(name, this.value);
	}

	/** Whatever the setting: a uri may stand where none belongs. */
	static String withoutUser(String name, String value) {
		return name.equals("uri") ? value.replaceFirst("//[^/]*@", "//******@")
				: value.contains("://") ? ServerSetUri.withoutUser(value) : value;
	}

}
