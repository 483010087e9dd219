package io.scalesrpc.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * How calls are to be treated. The settings say it for the calls of a method; a caller
 * says it for one call, or for those of a few lines, and comes first:
 *
 * <pre>{@code
 * CallOptions quick = CallOptions.timeout(Duration.ofMillis(30)).withHeader("tenant", "acme");
 * int sum = calculator.add(1, 2, quick);            // a parameter, the first or the last, of any method
 * int same = quick.call(() -> calculator.add(1, 2)); // or around calls of methods without one
 * }</pre>
 *
 * A parameter comes before what is around the call, and that before the settings. What a
 * parameter says has its effect or the call fails; what is around several calls has its
 * effect on those whose protocol knows it.
 * <p>
 * Beside what has a method here there are options that stages read by a key of their own
 * (as gRPC's call options and Finagle's stack parameters). <em>Immutable</em>.
 */
public final class CallOptions {

	/** Nothing is set: every key has its fallback. */
	public static final CallOptions NONE = new CallOptions(new Key<?>[0], new Object[0], CallerTerms.NONE);

	private final Key<?>[] keys;

	private final Object[] values;

	private final CallerTerms terms;

	private final boolean empty;

	private CallOptions(Key<?>[] keys, Object[] values, CallerTerms terms) {
		this.empty = keys.length == 0 && terms.isEmpty();
		this.keys = keys;
		this.values = values;
		this.terms = terms;
	}

	/**
	 * Options with a single one set.
	 * @param key the option
	 * @param value its value
	 * @param <T> the type of its values
	 * @return the options
	 */
	public static <T> CallOptions of(Key<T> key, T value) {
		return NONE.with(key, value);
	}

	/**
	 * Bounds a call in all, from when it is made.
	 * @param timeout above 0, at most 1 day; more than the client's is right, too
	 * @return the options
	 * @throws InvalidSettingException if it is out of its range
	 */
	public static CallOptions timeout(Duration timeout) {
		return NONE.withTimeout(timeout);
	}

	/**
	 * Calls on nobody's behalf: neither the deadline of the request that the thread
	 * serves is inherited, nor how often that was sent before.
	 * @return the options
	 */
	public static CallOptions detached() {
		return NONE.with(NONE.terms.withDetached());
	}

	/**
	 * Returns these options with one of them set; what it was before gives way. For
	 * filters of yours; the settings of a client's stages are known by their keys as
	 * well, but a stage that the client does not have heeds none.
	 * @param key the option
	 * @param value its value
	 * @param <T> the type of its values
	 * @return the new options
	 */
	public <T> CallOptions with(Key<T> key, T value) {
		return set(key, value);
	}

	/**
	 * Returns these options with another bound of a call in all.
	 * @param timeout above 0, at most 1 day
	 * @return the new options
	 * @throws InvalidSettingException if it is out of its range
	 */
	public CallOptions withTimeout(Duration timeout) {
		return with(this.terms.withTimeout(Checks.positive("timeout", timeout)));
	}

	/**
	 * Returns these options with whether the call may be made twice with the effect of
	 * once: only then is it sent again where a server may have processed it.
	 * @param idempotent whether it may
	 * @return the new options
	 */
	public CallOptions withIdempotent(boolean idempotent) {
		return with(Idempotence.KEY, idempotent);
	}

	/**
	 * Returns these options with one more entry that travels with the call: a header of
	 * HTTP or Kafka, a context of ThriftMux. Protocols {@code redis} and {@code thrift},
	 * unless that is upgraded, have no room for it.
	 * @param name not blank; an entry of the same name, in any case, gives way
	 * @param value sent as UTF-8
	 * @return the new options
	 * @throws InvalidSettingException if the name is blank
	 */
	public CallOptions withHeader(String name, String value) {
		return withHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns these options with one more entry that travels with the call.
	 * @param name not blank; an entry of the same name, in any case, gives way
	 * @param value the bytes, not copied and not to be changed
	 * @return the new options
	 * @throws InvalidSettingException if the name is blank
	 * @see #withHeader(String, String)
	 */
	public CallOptions withHeader(String name, byte[] value) {
		return with(this.terms.withContext(this.terms.context().with(Checks.text("header", name), value)));
	}

	/**
	 * Returns these options with the one member that the call goes to, as do all attempts
	 * of it. If it is down, or no member of the service, the call is not sent. Protocol
	 * {@code kafka} and {@code redis} choose by keys and roles, and cannot.
	 * @param address host and port as the members are listed, such as
	 * {@code 10.0.0.7:9090} or {@code [::1]:9090}
	 * @return the new options
	 * @throws InvalidSettingException if it is no host and port
	 */
	public CallOptions withMember(String address) {
		return with(this.terms.withMember(CallerTerms.requireAddress(address)));
	}

	/**
	 * Returns these options without a member that the call goes to: the balancer chooses.
	 * @return the new options
	 */
	public CallOptions withoutMember() {
		return (this.terms.member() != null) ? with(this.terms.withMember(null)) : this;
	}

	/**
	 * Returns these options with the key that decides which member the call goes to: with
	 * the balancer {@code hash}, calls with the same key go to the same member. Other
	 * balancers do not read it.
	 * @param key not blank; the same text as {@link #withRoutingKey(long)} has of a
	 * number is the same key
	 * @return the new options
	 * @throws InvalidSettingException if it is blank
	 * @see RoutingKey
	 */
	public CallOptions withRoutingKey(String key) {
		return with(RoutingHash.KEY, RoutingHash.of(Checks.text(RoutingHash.KEY.toString(), key)));
	}

	/**
	 * Returns these options with a number as the key that decides which member the call
	 * goes to.
	 * @param key any number
	 * @return the new options
	 * @see #withRoutingKey(String)
	 */
	public CallOptions withRoutingKey(long key) {
		return with(RoutingHash.KEY, RoutingHash.of(key));
	}

	/**
	 * Returns these options with bytes as the key that decides which member the call goes
	 * to.
	 * @param key at least one byte; read at once
	 * @return the new options
	 * @throws InvalidSettingException if there is none
	 * @see #withRoutingKey(String)
	 */
	public CallOptions withRoutingKey(byte[] key) {
		Checks.require(key.length > 0, RoutingHash.KEY.toString(), "no bytes", "at least one");
		return with(RoutingHash.KEY, RoutingHash.of(key));
	}

	/**
	 * Returns these options with who calls, in place of the client's {@code client-id}.
	 * Protocol {@code thriftmux} sends it, and {@code thrift} if it is upgraded.
	 * @param id not blank
	 * @return the new options
	 * @throws InvalidSettingException if it is blank
	 */
	public CallOptions withClientId(String id) {
		return with(this.terms.withClientId(Checks.text("client-id", id)));
	}

	/**
	 * Returns these options with all of others set; they come first. Headers of both are
	 * sent.
	 * @param others the other options
	 * @return the new options
	 */
	public CallOptions withAll(CallOptions others) {
		if (isEmpty() || others.isEmpty()) {
			return isEmpty() ? others : this;
		}
		CallOptions all = with(this.terms.withAll(others.terms));
		for (int i = 0; i < others.keys.length; i++) {
			all = all.set(others.keys[i], others.values[i]);
		}
		return all;
	}

	/**
	 * Has these options around the calls that a piece of code makes on this thread, with
	 * any client. They come before those around it. A {@code Mono} or {@code Flux} that a
	 * client returns within keeps them, wherever it is subscribed to; callbacks and other
	 * threads do not have them.
	 * @param body the code
	 * @param <T> the type of its result
	 * @param <E> what it throws
	 * @return its result
	 * @throws E what it throws
	 */
	public <T extends @Nullable Object, E extends Throwable> T call(Body<T, E> body) throws E {
		Caller before = Caller.current();
		Caller.current(before.with(this));
		try {
			return body.run();
		}
		finally {
			Caller.current(before);
		}
	}

	/**
	 * Has these options around the calls that a piece of code without a result makes.
	 * @param body the code
	 * @param <E> what it throws
	 * @throws E what it throws
	 * @see #call
	 */
	public <E extends Throwable> void run(Procedure<E> body) throws E {
		Caller before = Caller.current();
		Caller.current(before.with(this));
		try {
			body.run();
		}
		finally {
			Caller.current(before);
		}
	}

	/**
	 * Whether nothing is set.
	 * @return {@code true} for {@link #NONE}
	 */
	public boolean isEmpty() {
		return this.empty;
	}

	/**
	 * How long the call may take in all.
	 * @return above zero; {@code null} if that is for the settings to say
	 */
	public @Nullable Duration timeout() {
		return this.terms.timeout();
	}

	/**
	 * Whether the call is made on nobody's behalf.
	 * @return {@code true} if it inherits nothing from the request being served
	 */
	public boolean isDetached() {
		return this.terms.detached();
	}

	/**
	 * What is to travel with the call.
	 * @return the entries, or none
	 */
	public Context headers() {
		return this.terms.context();
	}

	/**
	 * Whom the call must go to.
	 * @return host and port; {@code null} if the balancer chooses
	 */
	public @Nullable String member() {
		return this.terms.member();
	}

	/**
	 * Who calls.
	 * @return the id; {@code null} if that is for the settings to say
	 */
	public @Nullable String clientId() {
		return this.terms.clientId();
	}

	/**
	 * Whether the answer may depend on who asks or who is asked, so that others who ask
	 * for the same must not have it.
	 * @return {@code true} with a header, a client id or a member
	 */
	public boolean isPersonal() {
		return this.terms.isPersonal();
	}

	/**
	 * Reads an option. Costs a look at each option that is set, of which there are few.
	 * @param key the option
	 * @param <T> the type of its values
	 * @return its value, or the key's fallback if it is not set
	 */
	@SuppressWarnings("unchecked")
	public <T> T get(Key<T> key) {
		int index = indexOf(key);
		return (index >= 0) ? (T) this.values[index] : key.fallback;
	}

	/**
	 * Whether an option is set.
	 * @param key the option
	 * @return {@code false} if {@link #get(Key)} gives the fallback
	 */
	public boolean has(Key<?> key) {
		return indexOf(key) >= 0;
	}

	private CallOptions with(CallerTerms others) {
		return new CallOptions(this.keys, this.values, others);
	}

	private CallOptions set(Key<?> key, Object value) {
		int found = indexOf(key);
		int index = (found >= 0) ? found : this.keys.length;
		int length = (found >= 0) ? this.keys.length : this.keys.length + 1;
		Key<?>[] newKeys = Arrays.copyOf(this.keys, length);
		Object[] newValues = Arrays.copyOf(this.values, length);
		newKeys[index] = key;
		newValues[index] = value;
		return new CallOptions(newKeys, newValues, this.terms);
	}

	private int indexOf(Key<?> key) {
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i] == key) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallOptions options && options.terms.equals(this.terms)
				&& options.keys.length == this.keys.length
				&& Arrays.stream(this.keys).allMatch((key) -> options.has(key) && options.get(key).equals(get(key)));
	}

	@Override
	public int hashCode() {
		int hash = this.terms.hashCode();
		for (int i = 0; i < this.keys.length; i++) {
			hash += this.keys[i].hashCode() ^ this.values[i].hashCode();
		}
		return hash;
	}

	/** Of headers the names only: values may hold what belongs in no log. */
	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(", ", "{", "}");
		this.terms.tell(text);
		for (int i = 0; i < this.keys.length; i++) {
			text.add(this.keys[i] + "=" + this.values[i]);
		}
		return text.toString();
	}

	/**
	 * Code that makes calls and has a result.
	 *
	 * @param <T> the type of its result
	 * @param <E> what it throws
	 */
	@FunctionalInterface
	public interface Body<T extends @Nullable Object, E extends Throwable> {

		/**
		 * Runs it.
		 * @return its result
		 * @throws E what it throws
		 */
		T run() throws E;

	}

	/**
	 * Code that makes calls.
	 *
	 * @param <E> what it throws
	 */
	@FunctionalInterface
	public interface Procedure<E extends Throwable> {

		/**
		 * Runs it.
		 * @throws E what it throws
		 */
		void run() throws E;

	}

	/**
	 * The name of an option; two of the same text are different ones. <em>Immutable</em>.
	 *
	 * @param <T> the type of its values
	 */
	public static final class Key<T> {

		private final String name;

		private final T fallback;

		/**
		 * Creates an option.
		 * @param name how texts name it
		 * @param fallback its value where it is not set
		 */
		public Key(String name, T fallback) {
			this.name = name;
			this.fallback = fallback;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
