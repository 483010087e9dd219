package io.scalesrpc.failing;

import java.time.Duration;

import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;

/**
 * How the services of a test retry. <em>Immutable</em>.
 */
public enum Manners {

	/**
	 * As services did that only know that retries help: four tries, as many as there is
	 * reason for, and nobody tells anybody.
	 */
	CARELESS {
		@Override
		void apply(ClientBuilder<?> builder) {
			builder.retryBudget(new RetryBudgetSettings(1, 1_000_000, Duration.ofSeconds(10)));
		}

		@Override
		TException passOn(ScalesException failure) {
			return new TApplicationException(TApplicationException.INTERNAL_ERROR, "the service below failed");
		}

		@Override
		void begin() {
			InboundRequest.current(null);
		}
	},

	/** As clients of Scales do by themselves, but for the number of tries. */
	DEFAULT {
		@Override
		void apply(ClientBuilder<?> builder) {
			// nothing to say
		}

		@Override
		TException passOn(ScalesException failure) {
			throw failure;
		}

		@Override
		void begin() {
			// nothing to forget
		}
	};

	/** How often a call is sent: what the story of the 64 calls is told with. */
	public static final int TRIES = 4;

	/** Says how a client of idempotent methods retries. */
	public final <T> ClientBuilder<T> of(ClientBuilder<T> builder) {
		builder.callOption(Idempotence.KEY, true)
			.callOption(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(TRIES));
		apply(builder);
		return builder;
	}

	abstract void apply(ClientBuilder<?> builder);

	/** What a handler throws when the service it called has failed. */
	abstract TException passOn(ScalesException failure);

	/** What a handler forgets of its request. */
	abstract void begin();

}
