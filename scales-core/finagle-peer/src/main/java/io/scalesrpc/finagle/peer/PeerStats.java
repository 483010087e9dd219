package io.scalesrpc.finagle.peer;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import com.twitter.finagle.stats.Counter;
import com.twitter.finagle.stats.Gauge;
import com.twitter.finagle.stats.Metadata;
import com.twitter.finagle.stats.MetricBuilder;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.finagle.stats.Stat;
import com.twitter.finagle.stats.StatsReceiver;
import scala.Function0;

/**
 * What Finagle counts, by names such as {@code mux/draining}. Histograms are dropped:
 * Finagle's in-memory receiver keeps every value, and copies all of them for each new
 * one. <em>Thread-safe</em>.
 */
final class PeerStats implements StatsReceiver {

	private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

	private final Map<String, Function0<Object>> gauges = new ConcurrentHashMap<>();

	@Override
	public Object repr() {
		return this;
	}

	@Override
	public Counter counter(MetricBuilder metric) {
		LongAdder adder = this.counters.computeIfAbsent(name(metric), (name) -> new LongAdder());
		return new Counter() {

			@Override
			public void incr(long delta) {
				adder.add(delta);
			}

			@Override
			public Metadata metadata() {
				return metric;
			}

		};
	}

	@Override
	public Stat stat(MetricBuilder metric) {
		return NullStatsReceiver.NullStat();
	}

	@Override
	public Gauge addGauge(MetricBuilder metric, Function0<Object> value) {
		String name = name(metric);
		this.gauges.put(name, value);
		return new Gauge() {

			@Override
			public void remove() {
				PeerStats.this.gauges.remove(name, value);
			}

			@Override
			public Metadata metadata() {
				return metric;
			}

		};
	}

	/** The counters, and the gauges as whole numbers. */
	Map<String, Long> values() {
		Map<String, Long> values = new TreeMap<>();
		this.counters.forEach((name, adder) -> values.put(name, adder.sum()));
		this.gauges.forEach((name, value) -> values.put(name, ((Number) value.apply()).longValue()));
		return values;
	}

	private static String name(MetricBuilder metric) {
		return metric.name().mkString("/");
	}

}
