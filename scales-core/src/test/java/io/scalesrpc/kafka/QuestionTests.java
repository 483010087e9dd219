package io.scalesrpc.kafka;

import java.time.Duration;

import io.scalesrpc.testing.FakeTime;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionTests {

	private final FakeTime time = new FakeTime();

	private final Question question = new Question(this.time);

	private final MockProducer<byte[], byte[]> producer = new MockProducer<>();

	private int asked(Duration during, double signs) {
		int asked = 0;
		for (long millis = 0; millis < during.toMillis(); millis += 20) {
			asked += this.question.isDue(this.producer, signs) ? 1 : 0;
			this.time.advance(Duration.ofMillis(20));
		}
		return asked;
	}

	@Test
	void aProducerThatHearsNothingIsLeftInPeace() {
		assertThat(asked(Duration.ofSeconds(14), 0)).isEqualTo(7);
	}

	@Test
	void oneThatHearsSomethingIsAskedForAWhile() {
		assertThat(asked(Duration.ofSeconds(1), 0)).isEqualTo(1);
		assertThat(asked(Duration.ofSeconds(1), 100)).isEqualTo(13);
		assertThat(asked(Duration.ofSeconds(1), 100)).isZero();
		assertThat(asked(Duration.ofSeconds(1), 200)).isEqualTo(13);
	}

	@Test
	void anotherProducerIsAskedAtOnce() {
		assertThat(asked(Duration.ofMillis(100), 0)).isEqualTo(1);
		assertThat(this.question.isDue(new MockProducer<>(), 0)).isTrue();
	}

}
