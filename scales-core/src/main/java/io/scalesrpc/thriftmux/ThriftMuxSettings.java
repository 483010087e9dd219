package io.scalesrpc.thriftmux;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.protocol.OptionTexts;
import io.scalesrpc.protocol.ProtocolSettings;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of protocol {@code thriftmux}. Values that are not right are refused when
 * the client is built. <em>Immutable</em>.
 *
 * @param texts what is set
 */
public record ThriftMuxSettings(OptionTexts texts) implements ProtocolSettings {

	/** Nothing is set: the protocol's defaults. */
	public static final ThriftMuxSettings DEFAULT = new ThriftMuxSettings(OptionTexts.NONE);

	@Override
	public String protocol() {
		return "thriftmux";
	}

	@Override
	public Map<String, String> options() {
		return this.texts.texts();
	}

	/**
	 * Who calls, for the servers' statistics and quotas.
	 * @param id nobody by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withClientId(String id) {
		return with("client-id", id);
	}

	/**
	 * A Finagle path for servers that route.
	 * @param path none by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withDestination(String path) {
		return with("dst", path);
	}

	/**
	 * The delegation table that goes with every request.
	 * @param rules rules such as {@code /s => /srv/local}, separated by semicolons
	 * @return the new settings
	 */
	public ThriftMuxSettings withDtab(String rules) {
		return with("dtab", rules);
	}

	/**
	 * How Thrift messages are written.
	 * @param encoding {@link ThriftEncoding#BINARY} by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withEncoding(ThriftEncoding encoding) {
		return with("encoding", encoding);
	}

	/**
	 * How often a connection without traffic is pinged.
	 * @param interval 0 for no pings; 5 s by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withPingInterval(Duration interval) {
		return with("ping-interval", interval);
	}

	/**
	 * How long a pong may take.
	 * @param timeout above 0; 4 s by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withPingTimeout(Duration timeout) {
		return with("ping-timeout", timeout);
	}

	/**
	 * The largest piece of a message that a server shall send at once.
	 * @param bytes at least 64
	 * @return the new settings
	 */
	public ThriftMuxSettings withMaxFragmentBytes(int bytes) {
		return with("max-fragment-bytes", bytes);
	}

	/**
	 * Whether TLS is agreed upon with each server.
	 * @param tls {@link OpportunisticTls#OFF} by default
	 * @return the new settings
	 */
	public ThriftMuxSettings withOpportunisticTls(OpportunisticTls tls) {
		return with("opportunistic-tls", tls);
	}

	private ThriftMuxSettings with(String name, Object value) {
		return new ThriftMuxSettings(this.texts.with(name, value));
	}

}
