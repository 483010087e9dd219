package io.scalesrpc.redis.protocol;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.redis.command.RedisContract;
import io.scalesrpc.redis.connection.LettuceExtras;
import io.scalesrpc.redis.connection.RedisConnectionFactory;
import io.scalesrpc.redis.connection.SessionTerms;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code redis}, by Lettuce, which must be on the class path. The members
 * are one server, or a primary with its replicas; which of them is the primary is found
 * out by asking. Its settings are {@link RedisSettings}; its only option,
 * {@code client-id}, is the name of connections that have no other. <em>Immutable</em>.
 */
@Internal
public final class RedisProtocol implements Protocol {

	/** Why connections are not spread. */
	private static final String STAYS = "a server has a role, and is the only one at its address";

	private static final String LETTUCE = "io.lettuce.core.RedisClient";

	/** The name of this process, whatever the protocol: connections have it. */
	private static final String CLIENT_ID = "client-id";

	private static final SortedSet<String> OPTIONS = new TreeSet<>(Set.of(CLIENT_ID));

	private final RedisSettings settings;

	private final @Nullable ValueCodec values;

	private final @Nullable LettuceExtras extras;

	/** With the settings as they are by default. */
	public RedisProtocol() {
		this(RedisSettings.DEFAULT);
	}

	/**
	 * Creates the protocol of one client.
	 * @param settings how Redis is spoken
	 */
	public RedisProtocol(RedisSettings settings) {
		this(settings, null, null);
	}

	/**
	 * Creates the protocol of one client.
	 * @param settings how Redis is spoken
	 * @param values makes bytes of arguments and results that are no texts, numbers or
	 * bytes; {@code null} if interfaces have none
	 * @param extras what the application has set up of Lettuce; {@code null} for nothing
	 */
	public RedisProtocol(RedisSettings settings, @Nullable ValueCodec values, @Nullable LettuceExtras extras) {
		this.settings = settings;
		this.values = values;
		this.extras = extras;
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public String exampleUri() {
		return "tcp://localhost:6379";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		requireLettuce();
		RedisContract contract = new RedisContract(this.values);
		if (service != null && service != clientInterface && !contract.fits(service)) {
			throw InvalidSettingException.of("service", service.getName(), "none; redis has no generated classes");
		}
		return contract.bind(clientInterface);
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return OPTIONS;
	}

	/** Without the password. */
	@Override
	public Map<String, String> settings() {
		Map<String, String> texts = new LinkedHashMap<>();
		RedisLogin login = this.settings.login();
		texts.put("redis.database", Integer.toString(login.database()));
		if (login.username() != null) {
			texts.put("redis.username", login.username());
		}
		if (login.clientName() != null) {
			texts.put("redis.client-name", login.clientName());
		}
		texts.put("redis.read-from", this.settings.readFrom().name().toLowerCase(Locale.ROOT));
		texts.put("redis.protocol-version", Integer.toString(this.settings.protocolVersion()));
		texts.put("redis.ping-interval", this.settings.pingInterval().toString());
		texts.put("redis.ping-timeout", this.settings.pingTimeout().toString());
		texts.put("redis.verify-replies", Boolean.toString(this.settings.verifyReplies()));
		return texts;
	}

	@Override
	public Map<String, String> inapplicable() {
		return Map.of("pool", "calls share one connection to each server", "member-meters",
				"what goes to a primary is sent by no balancer", "max-connection-age", STAYS, "connections-per-member",
				STAYS);
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return Map.of(HEADER, "a command has no room for it", MEMBER, "servers are chosen by their roles",
				Protocol.CLIENT_ID, "a connection has the name of its client, which all calls share", ROUTING_KEY,
				"servers are chosen by their roles, and every replica has every key");
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		requireLettuce();
		OptionReader options = new OptionReader(environment.options());
		options.requireKnown("redis", OPTIONS);
		RedisSettings named = (this.settings.login().clientName() == null && options.options().containsKey(CLIENT_ID))
				? this.settings.withClientName(options.text(CLIENT_ID, "")) : this.settings;
		SessionTerms terms = new SessionTerms(named, environment.limits(), environment.metrics(), environment.timer(),
				environment.ticker(), environment.random(), new LongAdder());
		return new RedisConnectionFactory(environment.connector(), terms,
				(this.extras != null) ? this.extras : LettuceExtras.NONE);
	}

	@Override
	public Destination destination(ProtocolEnvironment environment, ServerSet members, Balancers balancers) {
		return new RedisDestination(environment, new Readers(members, this.settings.readFrom()),
				connections(environment), balancers);
	}

	private static void requireLettuce() {
		if (!hasLettuce()) {
			throw InvalidSettingException.withoutLibrary("protocol", "redis", "io.lettuce:lettuce-core", null);
		}
	}

	private static boolean hasLettuce() {
		try {
			Class.forName(LETTUCE, false, RedisProtocol.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
