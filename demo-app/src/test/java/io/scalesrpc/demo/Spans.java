package io.scalesrpc.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the spans that have ended. <em>Thread-safe</em>. */
final class Spans extends SpanHandler {

	final List<MutableSpan> ended = new CopyOnWriteArrayList<>();

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		this.ended.add(span);
		return true;
	}

	/** Waits for so many spans: who sends and forgets ends before what it began. */
	List<MutableSpan> await(int count) throws InterruptedException {
		long start = System.nanoTime();
		while (this.ended.size() < count && System.nanoTime() - start < 20_000_000_000L) {
			Thread.sleep(10);
		}
		assertThat(this.ended).hasSize(count);
		return List.copyOf(this.ended);
	}

	/** The spans below another, one a line. */
	static List<String> tree(List<MutableSpan> spans, @Nullable String parent, String indent) {
		List<String> lines = new ArrayList<>();
		spans.stream()
			.filter((span) -> Objects.equals(span.parentId(), parent))
			.sorted(Comparator.comparingLong(MutableSpan::startTimestamp))
			.forEach((span) -> {
				lines.add(line(span, indent));
				lines.addAll(tree(spans, span.id(), indent + "  "));
			});
		return lines;
	}

	private static String line(MutableSpan span, String indent) {
		StringBuilder line = new StringBuilder(indent).append(span.name()).append(' ').append(span.kind());
		for (String key : List.of("rpc.system.name", "scales.client")) {
			String value = span.tag(key);
			if (value != null) {
				line.append(' ').append(value);
			}
		}
		double millis = (span.finishTimestamp() - span.startTimestamp()) / 1_000.0;
		return line.append(String.format(Locale.ROOT, " %.1f ms", millis)).toString();
	}

}
