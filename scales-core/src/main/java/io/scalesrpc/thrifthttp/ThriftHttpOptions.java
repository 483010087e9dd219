package io.scalesrpc.thrifthttp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of a client for Thrift over HTTP beyond those that every protocol has.
 * <em>Immutable</em>.
 *
 * @param path what is asked for, always the same
 * @param encoding how messages are written
 * @param serviceName which of several services behind one path is called; empty where
 * there is one only
 * @param http the options of HTTP
 */
record ThriftHttpOptions(String path, ThriftEncoding encoding, String serviceName, Map<String, String> http) {

	private static final String PATH = "path";

	private static final String ENCODING = "encoding";

	private static final List<String> OWN = List.of(PATH, ENCODING, ThriftCodec.SERVICE_NAME);

	/**
	 * HTTP's own, without effect here: a status is no result of Thrift, and a reply is
	 * whole.
	 */
	private static final Set<String> WITHOUT_EFFECT = Set.of("failure-statuses", "body-idle-timeout");

	/** What HTTP lets into its first line. */
	private static final Pattern FIT_FOR_A_PATH = Pattern.compile("/[!-~&&[^#]]*");

	/** Copies the options. */
	ThriftHttpOptions {
		http = Map.copyOf(http);
	}

	static SortedSet<String> names(Map<String, String> options) {
		SortedSet<String> names = new TreeSet<>(new HttpProtocol().options(options));
		names.removeAll(WITHOUT_EFFECT);
		names.addAll(OWN);
		return names;
	}

	/**
	 * Reads the options; the values of HTTP's it reads itself.
	 * @param options the options by name
	 * @return the settings
	 * @throws IllegalArgumentException if one is not known, or the path or the encoding
	 * is not right
	 */
	static ThriftHttpOptions of(Map<String, String> options) {
		OptionReader reader = new OptionReader(options);
		reader.requireKnown("thrift-http", names(options));
		Map<String, String> http = new TreeMap<>(options);
		http.keySet().removeAll(OWN);
		return new ThriftHttpOptions(path(reader), reader.constant(ENCODING, ThriftEncoding.BINARY),
				reader.text(ThriftCodec.SERVICE_NAME, ""), http);
	}

	private static String path(OptionReader reader) {
		String path = reader.text(PATH, "/");
		if (!FIT_FOR_A_PATH.matcher(path).matches()) {
			throw OptionReader.bad(PATH, path, "a path that begins with /, of visible ASCII but no #");
		}
		return path;
	}

}
