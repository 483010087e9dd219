package io.scalesrpc.thrift.connection;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of a Thrift client beyond those that every protocol has.
 * <em>Immutable</em>.
 *
 * @param transport how a message is told from the next
 * @param encoding how messages are written
 * @param pipelined whether a request may be sent before the one before it is answered
 */
record ThriftOptions(ThriftTransport transport, ThriftEncoding encoding, boolean pipelined) {

	private static final String TRANSPORT = "transport";

	private static final String ENCODING = "encoding";

	private static final String PIPELINE = "pipeline";

	static final SortedSet<String> NAMES = Collections
		.unmodifiableSortedSet(new TreeSet<>(List.of(TRANSPORT, ENCODING, PIPELINE)));

	/**
	 * Reads the options.
	 * @param options the options by name
	 * @return the settings
	 * @throws IllegalArgumentException if one is not known or its value is not right
	 */
	static ThriftOptions of(Map<String, String> options) {
		OptionReader reader = new OptionReader(options);
		reader.requireKnown("thrift", NAMES);
		return new ThriftOptions(reader.constant(TRANSPORT, ThriftTransport.FRAMED),
				reader.constant(ENCODING, ThriftEncoding.BINARY), reader.flag(PIPELINE, false));
	}

}
