package io.scalesrpc.thrifthttp;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.protocol.OptionTexts;
import io.scalesrpc.protocol.ProtocolSettings;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * The settings of protocol {@code thrift-http}. Values that are not right are refused
 * when the client is built. <em>Immutable</em>.
 *
 * @param texts what is set
 */
public record ThriftHttpSettings(OptionTexts texts) implements ProtocolSettings {

	/** Nothing is set: the protocol's defaults. */
	public static final ThriftHttpSettings DEFAULT = new ThriftHttpSettings(OptionTexts.NONE);

	@Override
	public String protocol() {
		return "thrift-http";
	}

	@Override
	public Map<String, String> options() {
		return this.texts.texts();
	}

	/**
	 * What is asked for.
	 * @param path begins with a slash; {@code /} by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withPath(String path) {
		return with("path", path);
	}

	/**
	 * How Thrift messages are written.
	 * @param encoding {@link ThriftEncoding#BINARY} by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withEncoding(ThriftEncoding encoding) {
		return with("encoding", encoding);
	}

	/**
	 * The service that is called behind a {@code TMultiplexedProcessor}.
	 * @param name none by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withServiceName(String name) {
		return with("service-name", name);
	}

	/**
	 * The version of HTTP.
	 * @param version {@code 1.1}, the default, or {@code 2}
	 * @return the new settings
	 */
	public ThriftHttpSettings withVersion(String version) {
		return with("version", version);
	}

	/**
	 * What the Host header says.
	 * @param host the member's name by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withHost(String host) {
		return with("host", host);
	}

	/**
	 * Whether compressed answers are asked for.
	 * @param gzip {@code false} by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withGzip(boolean gzip) {
		return with("gzip", gzip);
	}

	/**
	 * The largest head of an answer.
	 * @param bytes 1024 to 16 MiB; 64 KiB by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withMaxHeadBytes(int bytes) {
		return with("max-head-size", bytes);
	}

	/**
	 * The header that tells the server how many milliseconds are left.
	 * @param name none by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withTimeoutHeader(String name) {
		return with("timeout-header", name);
	}

	/**
	 * The header that tells the server the number of the attempt.
	 * @param name none by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withAttemptHeader(String name) {
		return with("attempt-header", name);
	}

	/**
	 * How often a connection of HTTP/2 without traffic is pinged.
	 * @param interval 0 for no pings; 5 s by default
	 * @return the new settings
	 */
	public ThriftHttpSettings withPingInterval(Duration interval) {
		return with("ping-interval", interval);
	}

	/**
	 * How long the answer to a ping may take.
	 * @param timeout above 0
	 * @return the new settings
	 */
	public ThriftHttpSettings withPingTimeout(Duration timeout) {
		return with("ping-timeout", timeout);
	}

	private ThriftHttpSettings with(String name, Object value) {
		return new ThriftHttpSettings(this.texts.with(name, value));
	}

}
