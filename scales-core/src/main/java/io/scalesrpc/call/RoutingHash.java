package io.scalesrpc.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * What of a routing key counts: a hash of 64 bits, the same in every process. Of bytes it
 * is made of these, of anything else of its text in UTF-8: 7, 7L and "7" are one key, and
 * a constant of an enum has its name. Nothing, an empty text and no bytes are no key.
 * <em>Stateless</em>.
 */
@Internal
public final class RoutingHash {

	/** The hash of the key of a call; empty for a call without a key. */
	public static final CallOptions.Key<OptionalLong> KEY = new CallOptions.Key<>("routing-key", OptionalLong.empty());

	/** What can be a key, for texts. */
	public static final String EXPECTED = "text, a character, number, truth value, constant of an enum, UUID, byte[] or"
			+ " ByteBuffer";

	private static final long FNV_OFFSET = 0xCBF29CE484222325L;

	private static final long FNV_PRIME = 0x100000001B3L;

	private RoutingHash() {
	}

	/**
	 * Whether values of a type can be keys.
	 * @param type any type
	 * @return {@code false} for those whose texts may not tell two values apart, or tell
	 * equal ones apart
	 */
	public static boolean fits(Class<?> type) {
		return type.isPrimitive() || Number.class.isAssignableFrom(type) || CharSequence.class.isAssignableFrom(type)
				|| Enum.class.isAssignableFrom(type) || ByteBuffer.class.isAssignableFrom(type) || type == Boolean.class
				|| type == Character.class || type == UUID.class || type == byte[].class;
	}

	/**
	 * The hash of a key.
	 * @param key of a type that {@linkplain #fits fits}; its bytes are read, and stay
	 * where they are
	 * @return empty if it is null or empty
	 */
	public static OptionalLong of(@Nullable Object key) {
		if (key == null) {
			return OptionalLong.empty();
		}
		if (key instanceof byte[] bytes) {
			return of(ByteBuffer.wrap(bytes));
		}
		if (key instanceof ByteBuffer bytes) {
			return bytes.hasRemaining() ? OptionalLong.of(ofBytes(bytes)) : OptionalLong.empty();
		}
		String text = (key instanceof Enum<?> constant) ? constant.name() : key.toString();
		return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ofText(text));
	}

	/**
	 * The hash of a text: FNV-1a of its bytes in UTF-8, with the bits mixed so that every
	 * one depends on every other.
	 * @param text any
	 * @return any number
	 */
	public static long ofText(String text) {
		long hash = FNV_OFFSET;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c > 0x7F) {
				return ofBytes(StandardCharsets.UTF_8.encode(text));
			}
			hash = (hash ^ c) * FNV_PRIME;
		}
		return mix(hash);
	}

	private static long ofBytes(ByteBuffer bytes) {
		long hash = FNV_OFFSET;
		for (int i = bytes.position(); i < bytes.limit(); i++) {
			hash = (hash ^ (bytes.get(i) & 0xFF)) * FNV_PRIME;
		}
		return mix(hash);
	}

	/**
	 * Makes every bit of a number depend on every other (the last step of MurmurHash3).
	 * @param bits any number
	 * @return another one for each
	 */
	public static long mix(long bits) {
		long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
		mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
		return mixed ^ (mixed >>> 33);
	}

}
