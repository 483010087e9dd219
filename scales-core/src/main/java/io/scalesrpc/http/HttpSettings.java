package io.scalesrpc.http;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.protocol.OptionTexts;
import io.scalesrpc.protocol.ProtocolSettings;

/**
 * The settings of protocol {@code http}. Values that are not right are refused when the
 * client is built. <em>Immutable</em>.
 *
 * @param texts what is set
 */
public record HttpSettings(OptionTexts texts) implements ProtocolSettings {

	/** Nothing is set: the protocol's defaults. */
	public static final HttpSettings DEFAULT = new HttpSettings(OptionTexts.NONE);

	@Override
	public String protocol() {
		return "http";
	}

	@Override
	public Map<String, String> options() {
		return this.texts.texts();
	}

	/**
	 * The version of HTTP.
	 * @param version {@code 1.1}, the default, or {@code 2}
	 * @return the new settings
	 */
	public HttpSettings withVersion(String version) {
		return with("version", version);
	}

	/**
	 * What the Host header says.
	 * @param host the member's name by default
	 * @return the new settings
	 */
	public HttpSettings withHost(String host) {
		return with("host", host);
	}

	/**
	 * Whether compressed answers are asked for.
	 * @param gzip {@code false} by default
	 * @return the new settings
	 */
	public HttpSettings withGzip(boolean gzip) {
		return with("gzip", gzip);
	}

	/**
	 * The largest head of an answer.
	 * @param bytes 1024 to 16 MiB; 64 KiB by default
	 * @return the new settings
	 */
	public HttpSettings withMaxHeadBytes(int bytes) {
		return with("max-head-size", bytes);
	}

	/**
	 * The header that tells the server how many milliseconds are left.
	 * @param name none by default
	 * @return the new settings
	 */
	public HttpSettings withTimeoutHeader(String name) {
		return with("timeout-header", name);
	}

	/**
	 * The header that tells the server the number of the attempt.
	 * @param name none by default
	 * @return the new settings
	 */
	public HttpSettings withAttemptHeader(String name) {
		return with("attempt-header", name);
	}

	/**
	 * How often a connection of HTTP/2 without traffic is pinged.
	 * @param interval 0 for no pings; 5 s by default
	 * @return the new settings
	 */
	public HttpSettings withPingInterval(Duration interval) {
		return with("ping-interval", interval);
	}

	/**
	 * How long the answer to a ping may take.
	 * @param timeout above 0
	 * @return the new settings
	 */
	public HttpSettings withPingTimeout(Duration timeout) {
		return with("ping-timeout", timeout);
	}

	/**
	 * The statuses that are failures.
	 * @param statuses such as {@code 5xx,429}, which is the default
	 * @return the new settings
	 */
	public HttpSettings withFailureStatuses(String statuses) {
		return with("failure-statuses", statuses);
	}

	/**
	 * How long the body of a streamed answer may rest.
	 * @param timeout above 0
	 * @return the new settings
	 */
	public HttpSettings withBodyIdleTimeout(Duration timeout) {
		return with("body-idle-timeout", timeout);
	}

	private HttpSettings with(String name, Object value) {
		return new HttpSettings(this.texts.with(name, value));
	}

}
