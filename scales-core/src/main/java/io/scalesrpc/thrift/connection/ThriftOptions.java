package io.scalesrpc.thrift.connection;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.mux.finagle.Addressing;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of a Thrift client beyond those that every protocol has.
 * <em>Immutable</em>.
 *
 * @param transport how a message is told from the next
 * @param encoding how messages are written
 * @param pipelined whether a request may be sent before the one before it is answered
 * @param serviceName which of several services behind one server is called; empty where
 * there is one only
 * @param upgrade whether servers are asked for TTwitter
 * @param addressing what is told to those that speak it
 */
record ThriftOptions(ThriftTransport transport, ThriftEncoding encoding, boolean pipelined, String serviceName,
		boolean upgrade, Addressing addressing) {

	private static final String TRANSPORT = "transport";

	private static final String ENCODING = "encoding";

	private static final String PIPELINE = "pipeline";

	private static final String UPGRADE = "upgrade";

	private static final SortedSet<String> NAMES = names();

	private static SortedSet<String> names() {
		SortedSet<String> names = new TreeSet<>(Addressing.NAMES);
		names.addAll(List.of(TRANSPORT, ENCODING, PIPELINE, ThriftCodec.SERVICE_NAME, UPGRADE));
		return Collections.unmodifiableSortedSet(names);
	}

	/** The options that have an effect: a plain server is told nothing of who calls. */
	static Set<String> heeded(Map<String, String> options) {
		SortedSet<String> names = new TreeSet<>(NAMES);
		if (!new OptionReader(options).flag(UPGRADE, false)) {
			names.removeAll(Addressing.NAMES);
		}
		return names;
	}

	/**
	 * Reads the options.
	 * @param options the options by name
	 * @return the settings
	 * @throws IllegalArgumentException if one is not known or has no effect, its value is
	 * not right, or an upgrade goes with what Finagle does not speak
	 */
	static ThriftOptions of(Map<String, String> options) {
		OptionReader reader = new OptionReader(options);
		reader.requireKnown("thrift", NAMES);
		for (String name : Addressing.NAMES) {
			if (options.containsKey(name) && !reader.flag(UPGRADE, false)) {
				throw OptionReader.bad(name, reader.text(name, ""), "none without upgrade: true")
					.beside("thrift.upgrade");
			}
		}
		ThriftOptions read = new ThriftOptions(reader.constant(TRANSPORT, ThriftTransport.FRAMED),
				reader.constant(ENCODING, ThriftEncoding.BINARY), reader.flag(PIPELINE, false),
				reader.text(ThriftCodec.SERVICE_NAME, ""), reader.flag(UPGRADE, false), Addressing.of(reader));
		boolean finagles = read.transport == ThriftTransport.FRAMED && read.encoding == ThriftEncoding.BINARY;
		if (read.upgrade && !finagles) {
			throw OptionReader.bad(UPGRADE, "true", "false, or transport: framed and encoding: binary");
		}
		if (read.upgrade && !read.serviceName.isEmpty()) {
			throw OptionReader.bad(ThriftCodec.SERVICE_NAME, read.serviceName, "none with upgrade: true");
		}
		return read;
	}

}
