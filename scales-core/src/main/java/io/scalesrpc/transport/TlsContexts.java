package io.scalesrpc.transport;

import io.scalesrpc.call.InvalidSettingException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * What Netty makes connections' TLS of, made anew when the material is not the same as
 * before. <em>Thread-safe</em>.
 */
final class TlsContexts {

	private static final String HTTPS_IDENTITY = "HTTPS";

	private final Supplier<TlsMaterial> material;

	private final Maker maker;

	private final AtomicReference<@Nullable Made> latest = new AtomicReference<>();

	private final @Nullable Alpn offer;

	private TlsContexts(Supplier<TlsMaterial> material, @Nullable Alpn offer, Maker maker) {
		this.material = material;
		this.offer = offer;
		this.maker = maker;
	}

	/**
	 * For a client.
	 * @param offer what it speaks above TLS; null if it does not say
	 * @throws IllegalArgumentException if the material cannot be used
	 */
	static TlsContexts of(TlsSettings settings, @Nullable Alpn offer) {
		TlsContexts contexts = new TlsContexts(settings.material(), offer, (material) -> {
			SslContextBuilder builder = SslContextBuilder.forClient();
			if (material.keys() != null) {
				builder.keyManager(material.keys());
			}
			if (offer != null) {
				builder.applicationProtocolConfig(offering(offer));
			}
			return builder.endpointIdentificationAlgorithm(settings.verifyHostname() ? HTTPS_IDENTITY : null);
		});
		contexts.current();
		return contexts;
	}

	/**
	 * What a server chooses is judged after the handshake, where there are words for it.
	 */
	private static ApplicationProtocolConfig offering(Alpn offer) {
		return new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
				ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
				ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, offer.name());
	}

	/**
	 * For a server.
	 * @throws IllegalArgumentException if the material cannot be used
	 */
	static TlsContexts of(TlsServerSettings settings) {
		ClientAuth auth = switch (settings.clients()) {
			case ANY -> ClientAuth.NONE;
			case ASKED -> ClientAuth.OPTIONAL;
			case CERTIFIED -> ClientAuth.REQUIRE;
		};
		TlsContexts contexts = new TlsContexts(settings.material(), null,
				(material) -> SslContextBuilder.forServer(material.keys()).clientAuth(auth));
		contexts.current();
		return contexts;
	}

	/** What a client says that it speaks above TLS; null for nothing. */
	@Nullable Alpn offer() {
		return this.offer;
	}

	/**
	 * For a connection that is made now.
	 * @throws IllegalArgumentException if the material cannot be used
	 */
	SslContext current() {
		TlsMaterial now = this.material.get();
		Made made = this.latest.get();
		if (made == null || !made.material().equals(now)) {
			made = new Made(now, make(now));
			this.latest.set(made);
		}
		return made.context();
	}

	/** Only an engine finds out whether it knows the protocols and ciphers. */
	private SslContext make(TlsMaterial from) {
		try {
			SslContextBuilder builder = this.maker.of(from)
				.sslProvider(SslProvider.JDK)
				.trustManager(from.trust())
				.ciphers(from.ciphers().isEmpty() ? null : from.ciphers());
			if (!from.protocols().isEmpty()) {
				builder.protocols(from.protocols());
			}
			SslContext context = builder.build();
			ReferenceCountUtil.release(context.newEngine(UnpooledByteBufAllocator.DEFAULT));
			return context;
		}
		catch (SSLException | RuntimeException ex) {
			throw InvalidSettingException.because("tls",
					"tls: " + ex.getMessage() + " (expected: certificates, protocols and ciphers that can be used)",
					ex);
		}
	}

	/** Begins with what is special to one side. */
	@FunctionalInterface
	private interface Maker {

		SslContextBuilder of(TlsMaterial material);

	}

	/**
	 * The latest. <em>Immutable</em>.
	 *
	 * @param material what it was made of
	 * @param context what was made
	 */
	private record Made(TlsMaterial material, SslContext context) {
	}

}
