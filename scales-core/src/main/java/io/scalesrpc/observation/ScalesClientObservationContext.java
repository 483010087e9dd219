package io.scalesrpc.observation;

import java.nio.charset.StandardCharsets;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a convention can tell of a call, or of an attempt. Its carrier is the call: what a
 * propagator writes travels as entries of the call's context, which are mux contexts or
 * headers on the wire. The outcome is the response, {@code null} until there is one.
 * <em>Thread-safe</em>, as far as Micrometer's contexts are.
 */
public final class ScalesClientObservationContext extends RequestReplySenderContext<Call, Outcome> {

	private final Call call;

	private final String client;

	private final String protocol;

	private final int attempt;

	ScalesClientObservationContext(Call call, String client, String protocol, int attempt) {
		super(ScalesClientObservationContext::inject, Kind.CLIENT);
		this.call = call;
		this.client = client;
		this.protocol = protocol;
		this.attempt = attempt;
		setCarrier(call);
		setRemoteServiceName(client);
	}

	private static void inject(@Nullable Call call, String key, String value) {
		if (call != null) {
			call.context(call.context().with(key, value.getBytes(StandardCharsets.UTF_8)));
		}
	}

	/**
	 * The call, or the attempt.
	 * @return never to be ended or changed
	 */
	public Call call() {
		return this.call;
	}

	/**
	 * The client it is made with.
	 * @return its name
	 */
	public String client() {
		return this.client;
	}

	/**
	 * What is spoken.
	 * @return the protocol's name
	 */
	public String protocol() {
		return this.protocol;
	}

	/**
	 * Which attempt of its call it is.
	 * @return from 1 on, or 0 for the call itself
	 */
	public int attempt() {
		return this.attempt;
	}

}
