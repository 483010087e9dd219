package io.scalesrpc.thriftmux;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.mux.finagle.Addressing;
import io.scalesrpc.mux.session.MuxSettings;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of a ThriftMux client beyond those that every protocol has.
 * <em>Immutable</em>.
 *
 * @param clientId who calls, for the server's statistics and quotas; empty for none
 * @param destination a Finagle path for servers that route, empty for none
 * @param dtab the delegation table sent with every request
 * @param encoding how Thrift messages are written
 * @param mux how mux is spoken
 */
record ThriftMuxOptions(String clientId, String destination, List<DtabEntry> dtab, ThriftEncoding encoding,
		MuxSettings mux) {

	private static final String ENCODING = "encoding";

	private static final String PING_INTERVAL = "ping-interval";

	private static final String PING_TIMEOUT = "ping-timeout";

	private static final String MAX_FRAGMENT = "max-fragment-bytes";

	private static final String TLS = "opportunistic-tls";

	/** What YAML makes of {@code off}. */
	private static final String OFF_IN_YAML = "false";

	static final SortedSet<String> NAMES = names();

	private static SortedSet<String> names() {
		SortedSet<String> names = new TreeSet<>(Addressing.NAMES);
		names.addAll(List.of(ENCODING, PING_INTERVAL, PING_TIMEOUT, MAX_FRAGMENT, TLS));
		return Collections.unmodifiableSortedSet(names);
	}

	/**
	 * Reads the options.
	 * @param options the options by name
	 * @return the settings
	 * @throws IllegalArgumentException if one is not known or its value is not right
	 */
	static ThriftMuxOptions of(Map<String, String> options) {
		OptionReader reader = new OptionReader(options);
		reader.requireKnown("thriftmux", NAMES);
		MuxSettings defaults = MuxSettings.DEFAULT;
		MuxSettings mux = new MuxSettings(reader.duration(PING_INTERVAL, defaults.pingInterval()),
				reader.duration(PING_TIMEOUT, defaults.pingTimeout()),
				reader.number(MAX_FRAGMENT, defaults.maxFragmentBytes()), tls(reader));
		Addressing addressing = Addressing.of(reader);
		return new ThriftMuxOptions(addressing.clientId(), addressing.destination(), addressing.dtab(),
				reader.constant(ENCODING, ThriftEncoding.BINARY), mux);
	}

	private static OpportunisticTls tls(OptionReader reader) {
		OpportunisticTls off = OpportunisticTls.OFF;
		return reader.text(TLS, off.header()).equals(OFF_IN_YAML) ? off : reader.constant(TLS, off);
	}

	/**
	 * Refuses TLS that nothing was said about.
	 * @param hasTls whether there are settings of TLS
	 * @throws IllegalArgumentException if there are none and they are needed
	 */
	void requireTlsSettings(boolean hasTls) {
		if (this.mux.tls() != OpportunisticTls.OFF && !hasTls) {
			throw OptionReader.bad(TLS, this.mux.tls().header(),
					"off, or certificates for TLS: ssl.bundle, without Spring the builder's tls");
		}
	}

}
