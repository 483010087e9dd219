package io.scalesrpc.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.call.Sink;

/**
 * A call whose result may be kept, and what it asks for. <em>Immutable</em>.
 *
 * @param call the call
 * @param key what it asks for: client, method, and a digest of the arguments, so that a
 * key is short and tells nothing of them. SHA-256, since whoever finds two arguments of
 * one digest can have the one answered by the other
 * @param arguments encoded when the call was made; the caller may change its own later
 * @param next the rest of the stack
 */
record CacheLookup(Call call, String key, byte[] arguments, Sink next) {

	static CacheLookup of(String client, Call call, byte[] arguments, Sink next) {
		String method = client + "/" + call.method().service() + "." + call.method().name();
		MethodCodec codec = Objects.requireNonNull(call.method().codec());
		return new CacheLookup(call, method + ":" + digest(method, arguments, codec.keyLength(arguments)), arguments,
				next);
	}

	CacheSettings settings() {
		return this.call.options().get(CacheSettings.KEY);
	}

	ResultCache cache() {
		return Objects.requireNonNull(settings().cache());
	}

	MethodCodec codec() {
		return Objects.requireNonNull(this.call.method().codec());
	}

	/** A call for the same that does not end with this one. */
	Call detached(long nowNanos) {
		Deadline own = new Deadline(nowNanos, this.call.deadline().timeoutNanos());
		Call detached = new Call(this.call.method(), codec().decodeArguments(this.arguments), own, this.call.context(),
				this.call.options());
		detached.scope(this.call.scope());
		return detached;
	}

	private static String digest(String method, byte[] arguments, int length) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(method.getBytes(StandardCharsets.UTF_8));
			digest.update(arguments, 0, length);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256: none (expected: in every Java)", ex);
		}
	}

}
