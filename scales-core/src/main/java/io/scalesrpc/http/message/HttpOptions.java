package io.scalesrpc.http.message;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.protocol.OptionReader;

/**
 * The settings of an HTTP client beyond those that every protocol has.
 * <em>Immutable</em>.
 *
 * @param http2 whether HTTP/2 is spoken: with prior knowledge, or chosen by the server
 * within TLS
 * @param host what the Host header says; empty for the member's address
 * @param timeoutHeader the header that tells the server how many milliseconds are left;
 * empty for none
 * @param attemptHeader the header that tells the server which attempt this is, from 0;
 * empty for none
 * @param gzip whether compressed answers are asked for and unpacked
 * @param maxHeadBytes the most that the head of an answer may have, and its trailers
 * @param rules which answers are failures
 * @param times time limits beside those of calls
 */
public record HttpOptions(boolean http2, String host, String timeoutHeader, String attemptHeader, boolean gzip,
		int maxHeadBytes, StatusRules rules, HttpTimes times) {

	static final String FAILURE_STATUSES = "failure-statuses";

	static final String MAX_HEAD_SIZE = "max-head-size";

	private static final int KIB = 1024;

	private static final int DEFAULT_HEAD_BYTES = 64 * KIB;

	private static final int MOST_HEAD_BYTES = 16 * KIB * KIB;

	private static final String VERSION = "version";

	private static final String HOST = "host";

	private static final String TIMEOUT_HEADER = "timeout-header";

	private static final String ATTEMPT_HEADER = "attempt-header";

	private static final String GZIP = "gzip";

	public static final SortedSet<String> NAMES = Collections.unmodifiableSortedSet(
			new TreeSet<>(List.of(VERSION, HttpTimes.PING_INTERVAL, HttpTimes.PING_TIMEOUT, HttpTimes.BODY_IDLE_TIMEOUT,
					HOST, TIMEOUT_HEADER, ATTEMPT_HEADER, GZIP, MAX_HEAD_SIZE, FAILURE_STATUSES)));

	/**
	 * Reads the options.
	 * @param options the options by name
	 * @return the settings
	 * @throws IllegalArgumentException if one is not known or its value is not right
	 */
	public static HttpOptions of(Map<String, String> options) {
		OptionReader reader = new OptionReader(options);
		reader.requireKnown("http", NAMES);
		return new HttpOptions(http2(reader), host(reader), header(TIMEOUT_HEADER, reader),
				header(ATTEMPT_HEADER, reader), reader.flag(GZIP, false),
				reader.size(MAX_HEAD_SIZE, DEFAULT_HEAD_BYTES, KIB, MOST_HEAD_BYTES),
				StatusRules.parse(reader.text(FAILURE_STATUSES, StatusRules.DEFAULT)), HttpTimes.of(reader));
	}

	private static boolean http2(OptionReader reader) {
		String version = reader.text(VERSION, "1.1");
		return switch (version) {
			case "1.1" -> false;
			case "2" -> true;
			default -> throw OptionReader.bad(VERSION, version, "1.1 or 2");
		};
	}

	private static String host(OptionReader reader) {
		String host = reader.text(HOST, "");
		try {
			RequestRules.requireValue("Host", host);
		}
		catch (IllegalArgumentException ex) {
			throw OptionReader.bad(HOST, host, "a host name; " + ex.getMessage());
		}
		return host;
	}

	private static String header(String option, OptionReader reader) {
		String name = reader.text(option, "");
		if (name.isEmpty()) {
			return name;
		}
		try {
			RequestRules.requireName(name);
		}
		catch (IllegalArgumentException ex) {
			throw OptionReader.bad(option, name, "the name of a header; " + ex.getMessage());
		}
		return name;
	}

}
