package io.scalesrpc.demo.failing;

import java.time.Duration;

import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.retry.RetryBudgetSettings;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;

/**
 * How services retry. <em>Immutable</em>.
 */
enum Manners {

	/** Without a budget, and nobody tells anybody that a failure was retried already. */
	CARELESS {

		@Override
		void apply(ClientBuilder<?> builder) {
			builder.retryBudget(new RetryBudgetSettings(1, 1_000_000, Duration.ofSeconds(10)));
		}

		@Override
		void begin() {
			InboundRequest.current(null);
		}

		@Override
		TException passOn(ScalesException failure) {
			return new TApplicationException(TApplicationException.INTERNAL_ERROR, "the service below failed");
		}

	},

	/** As clients of Scales do by themselves. */
	SCALES {

		@Override
		void apply(ClientBuilder<?> builder) {
			// There is nothing to say.
		}

		@Override
		void begin() {
			// The request stays what it is.
		}

		@Override
		TException passOn(ScalesException failure) {
			throw failure;
		}

	};

	abstract void apply(ClientBuilder<?> builder);

	/** What a handler does with its request before it calls another service. */
	abstract void begin();

	/** What a handler throws when the service it called has failed. */
	abstract TException passOn(ScalesException failure);

}
