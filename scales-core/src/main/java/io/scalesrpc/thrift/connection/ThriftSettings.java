package io.scalesrpc.thrift.connection;

import java.util.Map;

import io.scalesrpc.protocol.OptionTexts;
import io.scalesrpc.protocol.ProtocolSettings;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of protocol {@code thrift}. Values that are not right are refused when the
 * client is built. <em>Immutable</em>.
 *
 * @param texts what is set
 */
public record ThriftSettings(OptionTexts texts) implements ProtocolSettings {

	/** Nothing is set: the protocol's defaults. */
	public static final ThriftSettings DEFAULT = new ThriftSettings(OptionTexts.NONE);

	@Override
	public String protocol() {
		return "thrift";
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
	public ThriftSettings withClientId(String id) {
		return with("client-id", id);
	}

	/**
	 * A Finagle path for servers that route.
	 * @param path none by default
	 * @return the new settings
	 */
	public ThriftSettings withDestination(String path) {
		return with("dst", path);
	}

	/**
	 * The delegation table that goes with every request.
	 * @param rules rules such as {@code /s => /srv/local}, separated by semicolons
	 * @return the new settings
	 */
	public ThriftSettings withDtab(String rules) {
		return with("dtab", rules);
	}

	/**
	 * How Thrift messages are written.
	 * @param encoding {@link ThriftEncoding#BINARY} by default
	 * @return the new settings
	 */
	public ThriftSettings withEncoding(ThriftEncoding encoding) {
		return with("encoding", encoding);
	}

	/**
	 * How a message is told from the next.
	 * @param transport {@link ThriftTransport#FRAMED} by default
	 * @return the new settings
	 */
	public ThriftSettings withTransport(ThriftTransport transport) {
		return with("transport", transport);
	}

	/**
	 * Whether requests are sent without waiting for answers, for servers that answer in
	 * order.
	 * @param pipeline {@code false} by default
	 * @return the new settings
	 */
	public ThriftSettings withPipeline(boolean pipeline) {
		return with("pipeline", pipeline);
	}

	/**
	 * The service that is called behind a {@code TMultiplexedProcessor}.
	 * @param name none by default
	 * @return the new settings
	 */
	public ThriftSettings withServiceName(String name) {
		return with("service-name", name);
	}

	/**
	 * Whether servers are asked to switch to Finagle's TTwitter, which carries the client
	 * id.
	 * @param upgrade {@code false} by default
	 * @return the new settings
	 */
	public ThriftSettings withUpgrade(boolean upgrade) {
		return with("upgrade", upgrade);
	}

	private ThriftSettings with(String name, Object value) {
		return new ThriftSettings(this.texts.with(name, value));
	}

}
