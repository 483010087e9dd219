package io.scalesrpc.spring.discovery;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.scalesrpc.log.PeerText;

/**
 * What is kept of the metadata of an instance: little enough for thousands of instances,
 * fit to be shown, and nothing that looks like a secret. <em>Stateless</em>.
 */
final class Metadata {

	static final int MAX_ENTRIES = 32;

	static final int MAX_LENGTH = 128;

	/** Spring Boot Admin, for one, has user.password there. */
	private static final Pattern SECRET = Pattern.compile("password|passwd|secret|token|credential|private.?key",
			Pattern.CASE_INSENSITIVE);

	private Metadata() {
	}

	/** The first entries by name; longer names are left out, longer values cut. */
	static Map<String, String> bounded(Map<String, String> metadata) {
		Map<String, String> kept = new TreeMap<>();
		metadata.forEach((key, value) -> {
			if (key != null && value != null && key.length() <= MAX_LENGTH && !SECRET.matcher(key).find()) {
				kept.put(PeerText.printable(key), PeerText.printable(cut(value)));
			}
		});
		while (kept.size() > MAX_ENTRIES) {
			kept.keySet().remove(((TreeMap<String, String>) kept).lastKey());
		}
		return kept;
	}

	private static String cut(String value) {
		return (value.length() <= MAX_LENGTH) ? value : value.substring(0, MAX_LENGTH);
	}

}
